import { Agent } from 'undici'

interface Call {
  path: string
  headers?: Record<string, string>
  body?: object
}

const BROWSER = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }

/** One for all jobs: the gateway ends the connections of an address that has more than its bound, without an answer. */
const load = new Agent({ connections: 16 })

/** Calls a server again and again; every other status than the wanted one ends the measurement. */
export function caller(url: string, status: number, callOf: (n: number) => Call): (n: number) => Promise<void> {
  let next = 0
  return async () => {
    const { path, headers, body } = callOf(next++)
    const answer = await load.request({
      origin: url,
      method: body ? 'POST' : 'GET',
      path,
      headers: { ...BROWSER, ...(body && { 'content-type': 'application/json' }), ...headers },
      body: body ? JSON.stringify(body) : null,
    })
    const text = await answer.body.text()
    if (answer.statusCode !== status)
      throw new Error(`${path} was answered ${answer.statusCode}: ${text.slice(0, 500)}`)
  }
}

/** One of 65,536 networks. */
export const addressOf = (n: number): string => `10.${(n >> 8) & 255}.${n & 255}.1`

export const nth = <T>(all: readonly T[], n: number): T => all[n % all.length]!

import { get, type IncomingHttpHeaders } from 'node:http'

export interface Got {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

/** Adds no header fields, as `fetch` does where it meets conditions, and decodes nothing. */
export function httpGet(url: URL, headers: Record<string, string>): Promise<Got> {
  const { promise, resolve, reject } = Promise.withResolvers<Got>()
  get(url, { headers, agent: false }, (answer) => {
    const chunks: Buffer[] = []
    answer.on('data', (chunk: Buffer) => chunks.push(chunk))
    answer.on('end', () =>
      resolve({ status: answer.statusCode!, headers: answer.headers, body: Buffer.concat(chunks) }),
    )
  }).on('error', reject)
  return promise
}

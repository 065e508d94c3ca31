import { connect, createServer } from 'node:net'
import { UserFacingError } from '../user-facing-error.js'

// Below the range from which the kernel takes ports for outgoing connections (32768 upwards): a port given to a server
// here is not taken by a passing connection while that server is being started again.
const FROM = 15_000
const TO = 32_000

export async function freePorts(count: number, random: () => number = Math.random): Promise<number[]> {
  const found = new Set<number>()
  while (found.size < count) {
    const port = FROM + Math.floor(random() * (TO - FROM))
    if (!found.has(port) && (await isFree(port))) found.add(port)
  }
  return [...found]
}

export const freePort = async (): Promise<number> => (await freePorts(1))[0]!

/** The port that a variable or custom gives; refuses with a sentence when it is taken. */
export async function claimPort(
  variable: string,
  usual: number,
  what: string,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const port = Number(env[variable] ?? usual)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new UserFacingError(`${variable} is '${env[variable]}'; it must be a port number such as ${usual}.`)
  if (await isFree(port)) return port
  throw new UserFacingError(
    `Port ${port} for ${what} is in use. Stop what listens there, or choose another one: ${variable}=${port + 100} npm start`,
  )
}

export function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)))
  })
}

export function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 })
    const answer = (yes: boolean) => {
      socket.destroy()
      resolve(yes)
    }
    socket.once('connect', () => answer(true))
    socket.once('error', () => answer(false))
    socket.once('timeout', () => answer(false))
  })
}

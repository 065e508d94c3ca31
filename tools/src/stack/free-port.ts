import { createServer } from 'node:net'
import { ClearError } from './clear-error.js'

const listen = (port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })

const chosen = new Set<number>()

/** A port that nobody listens on, and that this process has not given away before. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = await listen(0)
    if (!chosen.has(port)) {
      chosen.add(port)
      return port
    }
  }
}

/** Refuses with a sentence when the port is taken. */
export async function claimPort(port: number, what: string, variable: string): Promise<number> {
  return listen(port).catch(() => {
    throw new ClearError(
      `Port ${port} for ${what} is in use. Stop what listens there, or choose another: ${variable}=${port + 1} npm start`,
    )
  })
}

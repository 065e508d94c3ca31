import { readFileSync } from 'node:fs'
import { type AddressInfo, connect } from 'node:net'
import { createServer } from 'node:tls'
import type { IssuedFiles } from './authority.js'

export interface TlsFront {
  port: number
  stop(): Promise<void>
}

/** TLS before a server that speaks plaintext. `mutual`: it lets in only clients with a certificate of its authority. */
export async function tlsFront(port: number, files: IssuedFiles, { mutual = false } = {}): Promise<TlsFront> {
  const read = (name: keyof IssuedFiles) => readFileSync(files[name]!)
  const own = {
    ca: read('INTERNAL_TLS_CA_FILE'),
    cert: read('INTERNAL_TLS_CERTIFICATE_FILE'),
    key: read('INTERNAL_TLS_KEY_FILE'),
  }
  const open = new Set<{ destroy(): void }>()
  const server = createServer({ ...own, requestCert: mutual, rejectUnauthorized: mutual }, (client) => {
    const behind = connect(port, '127.0.0.1')
    for (const [from, to] of [
      [client, behind],
      [behind, client],
    ] as const) {
      open.add(from)
      from.on('error', () => to.destroy())
      from.on('close', () => {
        open.delete(from)
        to.destroy()
      })
      from.pipe(to)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      for (const one of open) one.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

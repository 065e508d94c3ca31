import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Pool } from 'undici'
import { exchange } from './exchange.js'

const late = new DOMException('no answer in time', 'TimeoutError')

describe('an exchange', () => {
  let server: Server
  let pool: Pool
  let listener: RequestListener
  const ask = (path: string, ms: number) => exchange(pool, { path, method: 'GET' }, { ms, reason: () => late })

  beforeEach(async () => {
    server = createServer((request, response) => listener(request, response)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    pool = new Pool(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { connections: 1 })
  })
  afterEach(async () => {
    server.closeAllConnections()
    server.close()
    await pool.destroy()
  })

  it('takes an answer whole that comes in parts', async () => {
    listener = (_request, response) => {
      response.writeHead(203, { etag: '"1"' }).write(Buffer.from('é').subarray(0, 1))
      setImmediate(() => response.end(Buffer.from('é').subarray(1)))
    }
    const { status, headers, body } = await ask('/', 5_000)
    expect([status, headers.etag, body.toString()]).toEqual([203, '"1"', 'é'])
  })

  it('ends in its time, also while it waits for a connection, and is then not sent', async () => {
    const seen: (string | undefined)[] = []
    listener = ({ url }, response) => {
      seen.push(url)
      if (url === '/next') response.end('answered')
    }
    const stuck = ask('/stuck', 400)
    const waiting = ask('/waiting', 50)
    await expect(waiting).rejects.toBe(late)
    expect(seen).not.toContain('/waiting')
    await expect(stuck).rejects.toBe(late)
    expect((await ask('/next', 5_000)).body.toString()).toBe('answered')
    expect(seen).toEqual(['/stuck', '/next'])
  })

  it('fails when the connection ends within the answer', async () => {
    listener = (_request, response) => {
      response.writeHead(200, { 'content-length': 10 }).write('half')
      setImmediate(() => response.destroy())
    }
    await expect(ask('/', 5_000)).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' })
  })
})

import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

const EVENTS = 'text/event-stream; charset=utf-8'

const typeOfOpen = (path = ''): string | undefined => {
  if (path.startsWith('/v1/test-stream')) return EVENTS
  if (path.startsWith('/v1/admin/traffic/export')) return 'text/csv'
  return path.includes('/medium') ? 'image/jpeg' : undefined
}

/** A service whose streams, tables and pictures of one size stay open, each with what was asked; anything else it answers at once. */
export async function streamingService() {
  const open = new Map<ServerResponse, IncomingHttpHeaders>()
  const server = createServer((request, response) => {
    request.resume()
    const type = typeOfOpen(request.url)
    if (!type) {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
      return
    }
    if (request.url!.endsWith('?refuse=1')) {
      response.writeHead(403, { 'content-type': 'application/problem+json' }).end('{"code":"forbidden"}')
      return
    }
    open.set(response, request.headers)
    response.once('close', () => open.delete(response))
    response.writeHead(200, { 'content-type': type }).flushHeaders()
    // a client hears of these with the first bytes
    if (type !== EVENTS) response.write('a part')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    open,
    send(text: string) {
      for (const response of open.keys()) response.write(text)
    },
    end() {
      for (const response of open.keys()) response.end()
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

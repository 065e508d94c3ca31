import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { closedLoop } from '../../measuring/measure.js'
import { caller } from './calls.js'

it('makes few connections to a server, however many jobs call it one after the other', async () => {
  let open = 0
  let most = 0
  const server = createServer((_request, response) => void setImmediate(() => response.end('{}')))
  server.on('connection', (socket) => {
    most = Math.max(most, ++open)
    socket.once('close', () => open--)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  for (let job = 0; job < 8; job++)
    await closedLoop(
      caller(url, 200, () => ({ path: '/' })),
      { callers: 16, ms: 50 },
    )
  server.closeAllConnections()
  server.close()
  expect(most).toBeLessThanOrEqual(16)
})

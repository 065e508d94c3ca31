// Node, and nothing else: what every process has before it does anything.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

process.once('disconnect', () => process.exit())
const server = createServer((_request, response) => response.end()).listen(0, '127.0.0.1', () => {
  process.send!(String((server.address() as AddressInfo).port))
})

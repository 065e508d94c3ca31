import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { defineApi } from '@mpics/contracts'
import { withinRequest } from '../logging/request-context.js'
import { InsideTls } from '../tls/inside-tls.js'
import { PeerUnavailableError } from './peer.errors.js'
import { Peer } from './peer.js'

const api = defineApi({
  name: 'getNothing',
  service: 'media',
  method: 'GET',
  path: '/nothing',
  summary: 'Is never answered',
  access: { services: ['gateway'] },
  scope: null,
})

describe('a service that does not answer', () => {
  let server: Server
  let peer: Peer
  beforeEach(async () => {
    server = createServer(() => undefined).listen(0, '127.0.0.1')
    await once(server, 'listening')
    peer = new Peer('media', `http://127.0.0.1:${(server.address() as AddressInfo).port}`, new InsideTls({}))
  })
  afterEach(async () => {
    server.closeAllConnections()
    server.close()
    await peer.close()
  })

  it.each([
    ['away when it had little time', 100, 0],
    ['there when it had its time', 1_500, 1],
  ])('is not taken to be %s', async (_, leftMs, openBreakers) => {
    const call = () =>
      withinRequest({ id: 'x', deadline: performance.now() + leftMs }, () => peer.call(api, {}, 'token'))
    const calls = Array.from({ length: 12 }, () => expect(call()).rejects.toBeInstanceOf(PeerUnavailableError))
    await Promise.all(calls)
    expect(peer.openBreakers).toBe(openBreakers)
  })
})

import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { defineApi } from '@mpics/contracts'
import { Pool } from 'undici'
import { withinRequest } from '../logging/request-context.js'
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
  let heard: number
  beforeEach(async () => {
    heard = 0
    server = createServer(() => void heard++).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    peer = new Peer('media', { reads: new Pool(url), changes: new Pool(url) })
  })
  afterEach(async () => {
    server.closeAllConnections()
    server.close()
    await peer.close()
  })

  const fail = (ms: number, request = {}) =>
    withinRequest({ id: 'x', deadline: performance.now() + ms }, () =>
      expect(peer.call(api, request, 'token')).rejects.toBeInstanceOf(PeerUnavailableError),
    )
  const failOften = (ms: number, request = {}) => Promise.all(Array.from({ length: 12 }, () => fail(ms, request)))

  it('is not taken to be away by early calls, and gets none once it is', async () => {
    await failOften(1_500, { isEarly: true })
    expect(heard).toBeGreaterThan(0)
    expect(peer.openBreakers).toBe(0)
    await failOften(1_500)
    expect(peer.openBreakers).toBe(1)
    const before = heard
    await fail(1_500, { isEarly: true })
    expect(heard).toBe(before)
  })

  it.each([
    ['away when it had little time', 100, 0],
    ['there when it had its time', 1_500, 1],
  ])('is not taken to be %s', async (_, leftMs, openBreakers) => {
    await failOften(leftMs)
    expect(peer.openBreakers).toBe(openBreakers)
  })
})

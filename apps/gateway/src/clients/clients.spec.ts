import type { FastifyRequest } from 'fastify'
import ipaddr from 'ipaddr.js'
import type { GatewayConfig } from '../config.js'
import { Clients } from './clients.js'
import type { Countries } from './countries.js'

const PROXY = '10.0.0.1'
const trusted = { GATEWAY_TRUSTED_PROXIES: [ipaddr.parseCIDR('10.0.0.0/8')] } as unknown as GatewayConfig

describe('clients that come again', () => {
  const looked: (string | null)[] = []
  const countries = {
    of: async (prefix: string | null) => {
      looked.push(prefix)
      if (looked.length === 1) throw new Error('no file')
      return 'NL'
    },
  }
  const setUp = (...before: string[]) => {
    looked.splice(0, looked.length, ...before)
    return new Clients(trusted, countries as unknown as Countries)
  }
  const from = (remoteAddress: string, forwardedFor?: string) =>
    ({ raw: { socket: { remoteAddress } }, headers: { 'x-forwarded-for': forwardedFor } }) as unknown as FastifyRequest

  it.each([
    ['203.0.113.9', (n: number) => `1.2.3.${n}`],
    [PROXY, (n: number) => `1.2.3.${n}, 203.0.113.9`],
  ])('through %s are one, whatever they write before the proxy does', async (peer, header) => {
    const clients = setUp('before')
    for (let n = 0; n < 1_001; n++) {
      expect(clients.addressOf(from(peer, header(n)))).toBe('203.0.113.9')
      await clients.countryOf(from(peer, header(n)))
    }
    expect(looked).toEqual(['before', '203.0.113.0/24'])
  })

  it('are one where a proxy of ours asks by itself', async () => {
    const clients = setUp('before')
    for (let n = 0; n < 2; n++) expect(await clients.countryOf(from(PROXY))).toBe('NL')
    expect([clients.addressOf(from(PROXY)), looked]).toEqual([PROXY, ['before', '10.0.0.0/24']])
  })

  it.each([undefined, '', '-', '1.2.3.4', '1.2.3.4, 10.9.9.9', '1.2.3.4,', 'unknown', '5.6.7.8'])(
    'are the same as at first: %s',
    (header) => {
      const clients = setUp()
      const read = (request: FastifyRequest) => clients.addressOf(request)
      for (const other of ['9.9.9.9', '9.9.9.9, 10.9.9.9', undefined, '9.9.9.9,', '9.9.9.9, -'])
        read(from(PROXY, other))
      const first = read(from(PROXY, header))
      expect([first, read(from(PROXY, header))]).toEqual([1, 2].map(() => setUp().addressOf(from(PROXY, header))))
    },
  )

  it('are asked for their country again where it could not be told', async () => {
    const clients = setUp()
    await expect(clients.countryOf(from('203.0.113.9'))).rejects.toThrow('no file')
    expect(await clients.countryOf(from('203.0.113.9'))).toBe('NL')
  })
})

import { identity } from '@mpics/contracts'
import { HOUR_MS } from '@mpics/contracts/durations'
import { Clock } from '@mpics/service-kit'
import { es256, type TestPeer, type TestService } from '@mpics/testing'
import { accessToken, publishedKey } from './setup/access-tokens.js'
import { gateway, others } from './setup/gateway.js'

const next = es256('signing-2')
const nextPublished = { ...publishedKey, ...(next.public as { x: string; y: string }), kid: 'signing-2' } as const

describe('while signing keys rotate', () => {
  let peers: TestPeer
  let gateways: TestService[]
  let published: (typeof publishedKey | typeof nextPublished)[] = [publishedKey]
  beforeAll(async () => {
    peers = await others()
    peers.answer(identity.getSigningKeys, () => ({ keys: published }))
    gateways = await Promise.all([gateway(peers.url), gateway(peers.url)])
    for (const each of gateways) each.get(Clock).now = () => new Date(Date.now())
  })
  afterAll(async () => {
    jest.restoreAllMocks()
    await Promise.all([...gateways.map((each) => each.stop()), peers.stop()])
  })

  /** Ten requests at each replica, half of them with tokens of the former key once the next one signs. */
  async function statuses(signs: 'former' | 'next'): Promise<number[]> {
    const requests = gateways.flatMap(({ url }) =>
      Array.from({ length: 10 }, async (_, i) => {
        const isNext = signs === 'next' && i % 2 === 0
        const token = isNext ? await accessToken({}, { kid: 'signing-2' }, next.private) : await accessToken()
        return (await fetch(new URL('/v1/me', url), { headers: { authorization: `Bearer ${token}` } })).status
      }),
    )
    return Promise.all(requests)
  }

  it('no replica refuses a good token, though it fetched the keys before the next one was published', async () => {
    const seen = new Set(await statuses('former'))
    published = [publishedKey, nextPublished]
    const realNow = Date.now
    jest.spyOn(Date, 'now').mockImplementation(() => realNow() + HOUR_MS) // a key waits for an hour before it signs
    for (const status of await statuses('next')) seen.add(status)
    expect([...seen]).toEqual([200])
    published = [nextPublished]
    expect(new Set(await statuses('next'))).toEqual(new Set([200]))
  })
})

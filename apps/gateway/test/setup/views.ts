import { gateway as gatewayContracts } from '@mpics/contracts'
import { eventually, type TestPeer, type TestService } from '@mpics/testing'
import { gateway, others } from './gateway.js'

export const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

export const cookieOf = (answer: Response) => answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''

/** A gateway that believes what a proxy says of its clients, and runs during the tests of a file. */
export function siteOfViews() {
  let peers: TestPeer
  let service: TestService
  const seen = new Set<string>()

  const call = (path: string, init: RequestInit = {}) => fetch(new URL(path, service.url), init)
  const view = (page: string, headers: Record<string, string> = {}, rest: object = {}) =>
    call('/v1/page-views', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': FIREFOX, ...headers },
      body: JSON.stringify({ page, ...rest }),
    })
  const unseenFacts = async () =>
    (await service.events(gatewayContracts.pageViewRecorded)).filter(({ id }) => !seen.has(id))
  /** Facts since the last look. Pages are sent though Kafka is slow: whoever loads them waits for so many. */
  const newFacts = async (least = 0) => {
    let fresh = await unseenFacts()
    await eventually(async () => (fresh.length < least ? (fresh = await unseenFacts()) : fresh).length >= least)
    for (const { id } of fresh) seen.add(id)
    return fresh
  }

  beforeAll(async () => {
    peers = await others()
    service = await gateway(peers.url, { environment: { GATEWAY_TRUSTED_PROXIES: '127.0.0.0/8' } })
    // a broker that is still busy with the new topics makes the first views wait, or be refused with 503
    await eventually(async () => (await view('/')).status === 202)
    await newFacts()
  })
  afterAll(() => Promise.all([service.stop(), peers.stop()]))

  return {
    get service() {
      return service
    },
    get peers() {
      return peers
    },
    call,
    view,
    newFacts,
  }
}

import type { on, TestPeer, TestService } from '@mpics/testing'
import { gateway, others } from './gateway.js'
import { photos } from './photos.js'
import { type RawAnswer, rawRequest } from './raw-request.js'

interface Site {
  readonly service: TestService
  readonly peers: TestPeer
  readonly media: TestPeer
  readonly call: (path: string, init?: RequestInit) => Promise<Response>
  readonly raw: (...parts: (string | Buffer)[]) => Promise<RawAnswer>
}

/** A gateway with long lists of photos behind it, which runs during the tests of a file; `more` are calls that few of them make. */
export function siteOfPhotos(...more: ReturnType<typeof on>[]): Site {
  let peers: TestPeer
  let media: TestPeer
  let service: TestService
  beforeAll(async () => {
    peers = await others(...more)
    media = await photos()
    service = await gateway(peers.url, { environment: { MEDIA_URL: media.url } })
  })
  afterAll(() => Promise.all([service, peers, media].map((one) => one.stop())))
  return {
    get service() {
      return service
    },
    get peers() {
      return peers
    },
    get media() {
      return media
    },
    call: (path, init = {}) => fetch(new URL(path, service.url), init),
    raw: (...parts) => rawRequest(service.url, ...parts),
  }
}

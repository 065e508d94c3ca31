import { identity, media, profiles } from '@mpics/contracts'
import { NotFoundError } from '@mpics/service-kit'
import { eventually, type TestPeer, type TestService } from '@mpics/testing'
import { randomUUID } from 'node:crypto'
import { accessToken } from './setup/access-tokens.js'
import { gateway, others } from './setup/gateway.js'
import { OWNER, PHOTO } from './setup/samples.js'

/** An answer is held for ten seconds. */
const BEFORE_EXPIRY_MS = 9_000

describe('whether a page exists', () => {
  let peers: TestPeer
  let service: TestService
  beforeAll(async () => {
    peers = await others()
    service = await gateway(peers.url)
    await eventually(async () => (await view('/')) === 202)
  })
  beforeEach(() => answer(() => true))
  afterAll(() => Promise.all([service.stop(), peers.stop()]))

  const photo = { photoId: PHOTO, ownerId: OWNER, changedFields: ['visibility'] }
  const view = async (page: string, headers: Record<string, string> = {}) => {
    const answered = await fetch(new URL('/v1/page-views', service.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ page }),
    })
    return answered.status
  }
  const member = async (sub: string = randomUUID()) => ({ authorization: `Bearer ${await accessToken({ sub })}` })
  const answer = (isSeenBy: (readerId: string | undefined) => boolean) =>
    peers.answer(media.photoPages, ({ body }) => ({
      items: isSeenBy(body.readerId ?? undefined) ? body.ids.map((id) => ({ id, ownerId: OWNER })) : [],
    }))
  const asked = async (work: () => Promise<unknown>) => {
    const before = peers.calls(media.photoPages).length
    await work()
    return peers.calls(media.photoPages).length - before
  }
  const page = `/photos/${PHOTO}`
  const untilForgotten = (event: Parameters<TestService['publish']>[0]) =>
    service.publish(event).then(() => eventually(async () => (await view(page)) === 404, BEFORE_EXPIRY_MS))

  it('is asked once for a photo that everybody may see, whoever looks', async () => {
    const viewers = [{}, await member(), await member(), {}]
    expect(
      await asked(async () => {
        for (const headers of viewers) expect(await view(page, headers)).toBe(202)
      }),
    ).toBe(1)
  })

  it.each([media.photoRemoved, media.photoChanged])(
    'is asked again as soon as an event tells: $type',
    async (event) => {
      expect(await view(page)).toBe(202)
      answer(() => false)
      expect(await view(page)).toBe(202)
      await untilForgotten(event.of(photo))
    },
  )

  it('is answered to each of the few who may see a photo, and to nobody else', async () => {
    answer(() => false)
    await untilForgotten(media.photoChanged.of(photo))
    const follower = randomUUID()
    answer((readerId) => readerId === follower)
    const headers = await member(follower)
    expect([await view(page, headers), await view(page), await view(page, await member())]).toEqual([202, 404, 404])
    expect(await asked(() => view(page, headers))).toBe(0)
    answer(() => false)
    await service.publish(media.photoChanged.of(photo))
    await eventually(async () => (await view(page, headers)) === 404, BEFORE_EXPIRY_MS)
  })

  it('is not remembered of an account that changed a moment ago: media may not have heard of it yet', async () => {
    await service.publish(identity.accountUnlocked.of({ accountId: OWNER, reason: 'under-age', hidden: false }))
    await eventually(async () => (await asked(() => view(page).then(() => view(page)))) === 2, BEFORE_EXPIRY_MS)
    answer(() => false)
    expect(await view(page)).toBe(404)
  })

  it('is asked one by one of a media service that does not know the call for many', async () => {
    peers.answer(media.photoPages, () => {
      throw new NotFoundError()
    })
    const [seen, unseen] = [randomUUID(), randomUUID()]
    peers.answer(media.photoPage, ({ params: { id } }) => {
      if (id !== seen) throw new NotFoundError()
      return { id, ownerId: OWNER }
    })
    expect([await view(`/photos/${seen}`), await view(`/photos/${unseen}`)]).toEqual([202, 404])
  })

  it('is asked one by one of a profiles service that does not know the call for many', async () => {
    peers.answer(profiles.profilePages, () => {
      throw new NotFoundError()
    })
    const seen = randomUUID()
    const known = (is: boolean) => {
      if (!is) throw new NotFoundError()
    }
    peers.answer(profiles.profileExists, ({ params: { id } }) => known(id === seen))
    peers.answer(profiles.resolveHandle, ({ params: { handle } }) => (known(handle === 'eve'), { id: seen }))
    const pages = [`/profiles/${seen}`, '/@eve', `/profiles/${randomUUID()}`, '/@nobody']
    expect(await Promise.all(pages.map((page) => view(page)))).toEqual([202, 202, 404, 404])
  })
})

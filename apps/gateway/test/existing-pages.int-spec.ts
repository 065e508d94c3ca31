import { identity, media, profiles } from '@mpics/contracts'
import { InputInvalidError, NotFoundError, UnavailableError } from '@mpics/service-kit'
import { eventually, type TestPeer, type TestService } from '@mpics/testing'
import { randomUUID } from 'node:crypto'
import { accessToken } from './setup/access-tokens.js'
import { gateway, others } from './setup/gateway.js'
import { OWNER, PHOTO } from './setup/samples.js'

/** What everybody may see is held for ten seconds. */
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

  it('is asked anew of the few who may see a photo, and answered to nobody else', async () => {
    answer(() => false)
    await untilForgotten(media.photoChanged.of(photo))
    const follower = randomUUID()
    answer((readerId) => readerId === follower)
    const headers = await member(follower)
    expect([await view(page, headers), await view(page), await view(page, await member())]).toEqual([202, 404, 404])
    expect(await asked(() => view(page, headers))).toBe(2)
    // a follow ended
    answer(() => false)
    expect(await view(page, headers)).toBe(404)
  })

  it('is not remembered of an account that changed a moment ago: media may not have heard of it yet', async () => {
    await service.publish(identity.accountUnlocked.of({ accountId: OWNER, reason: 'under-age', hidden: false }))
    await eventually(async () => (await asked(() => view(page).then(() => view(page)))) === 2, BEFORE_EXPIRY_MS)
    answer(() => false)
    expect(await view(page)).toBe(404)
  })

  const refusals = { 404: new NotFoundError(), 422: new InputInvalidError([]), 503: new UnavailableError() }
  const refuse = (status: keyof typeof refusals): never => {
    throw refusals[status]
  }

  it.each([404, 422] as const)('is asked one by one where the call for many photos is answered %i', async (status) => {
    peers.answer(media.photoPages, () => refuse(status))
    const ids = Array.from({ length: 5 }, () => String(randomUUID()))
    const answers = [202, 404, 422, 503, 202] as const
    peers.answer(media.photoPage, ({ params: { id } }) => {
      const answer = answers[ids.indexOf(id)]!
      return answer === 202 ? { id, ownerId: OWNER } : refuse(answer)
    })
    expect(await Promise.all(ids.map((id) => view(`/photos/${id}`)))).toEqual([202, 404, 404, 503, 202])
  })

  it.each([404, 422] as const)(
    'is asked one by one where the call for many profiles is answered %i',
    async (status) => {
      peers.answer(profiles.profilePages, () => refuse(status))
      const ids = Array.from({ length: 4 }, () => String(randomUUID()))
      const answers = [202, 404, 422, 503] as const
      const handles = ids.map((id) => `h${id.slice(0, 8)}`)
      const known = (answer: (typeof answers)[number]) => void (answer === 202 || refuse(answer))
      peers.answer(profiles.profileExists, ({ params: { id } }) => known(answers[ids.indexOf(id)]!))
      peers.answer(
        profiles.resolveHandle,
        ({ params: { handle } }) => (known(answers[handles.indexOf(handle)]!), { id: ids[0]! }),
      )
      const pages = [...ids.map((id) => `/profiles/${id}`), ...handles.map((handle) => `/@${handle}`)]
      expect(await Promise.all(pages.map((page) => view(page)))).toEqual([202, 404, 404, 503, 202, 404, 404, 503])
    },
  )
})

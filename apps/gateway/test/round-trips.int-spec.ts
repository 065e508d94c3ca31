import { analytics, type ApiDefinition, identity, media, profiles } from '@mpics/contracts'
import { NotFoundError } from '@mpics/service-kit'
import { eventually, on, type TestPeer, type TestService } from '@mpics/testing'
import { randomUUID } from 'node:crypto'
import { accessToken } from './setup/access-tokens.js'
import { gateway, others } from './setup/gateway.js'
import { myProfile, OWNER, PHOTO, photo, profile } from './setup/samples.js'

const { description: _d, tags: _t, place: _p, licence: _l, camera: _c, ...summary } = photo
const AT_ONCE = 8
const SHOWN = 'Shown to everybody'
const AT = '2026-01-31T12:00:00.000Z'

const photoOf = (id: string) => `/v1/photos/${id}`
const profileOf = (id: string) => `/v1/profiles/${handleOf(id)}`
const handleOf = (id: string) => `h${id.slice(0, 8)}`

/** What others no longer see after a fact about the account `id`, which owns the photo `id`. */
const endings = [
  {
    what: 'a name that is hidden',
    path: profileOf,
    fact: (id: string) => profiles.profileVisibilityChanged.of({ profileId: id, changedFields: ['fullName'] }),
    isOnlyName: true,
  },
  {
    what: 'a photo that is hidden',
    path: photoOf,
    fact: (id: string) => media.photoChanged.of({ photoId: id, ownerId: id, changedFields: ['visibility'] }),
  },
  {
    what: 'a photo that is removed',
    path: photoOf,
    fact: (id: string) => media.photoRemoved.of({ photoId: id, ownerId: id, changedFields: ['status'] }),
  },
  {
    what: 'the photo of an account that is locked',
    path: photoOf,
    fact: (id: string) => identity.accountLocked.of({ accountId: id, reason: 'abuse', lockId: id, hidden: true }),
  },
  {
    what: 'the profile of an account that is locked',
    path: profileOf,
    fact: (id: string) => identity.accountLocked.of({ accountId: id, reason: 'abuse', lockId: id, hidden: true }),
  },
  {
    what: 'the profile of an account that is being closed',
    path: profileOf,
    fact: (id: string) => identity.closureRequested.of({ accountId: id, erasesAt: AT, hidden: true }),
  },
  {
    what: 'the profile of an account that is erased',
    path: profileOf,
    fact: (id: string) => identity.accountErased.of({ accountId: id, erasureId: id, erasedAt: AT }),
  },
]

describe('what a read asks of other services', () => {
  let peers: TestPeer
  let plain: TestService
  let holding: TestService
  beforeAll(async () => {
    const list = () => ({ items: [summary], nextCursor: null })
    peers = await others(
      on(media.listProfilePhotos, list),
      on(profiles.changeMyProfile, () => myProfile),
    )
    peers.answer(media.explorePhotos, list)
    plain = await gateway(peers.url)
    holding = await gateway(peers.url, { environment: { GATEWAY_PUBLIC_ANSWER_MS: '1000' } })
  })
  afterEach(() => {
    peers.answer(media.getPhoto, ({ params }) => ({ ...photo, id: params.id }))
    peers.answer(profiles.getProfile, () => profile)
  })
  afterAll(() => Promise.all([plain, holding, peers].map((one) => one.stop())))

  const read = async ({ url }: TestService, path: string, authorization?: string) =>
    fetch(new URL(path, url), authorization ? { headers: { authorization } } : {})
  const calls: ApiDefinition[] = [
    media.getPhoto,
    media.photosForVisitors,
    media.explorePhotos,
    media.listProfilePhotos,
    identity.getInventory,
    profiles.getProfile,
    profiles.profileCards,
    analytics.getViews,
  ]
  async function askedBy(work: () => Promise<unknown>): Promise<Record<string, number>> {
    const before = calls.map((api) => peers.calls(api).length)
    await work()
    const made = calls.map((api, i) => [api.name, peers.calls(api).length - before[i]!] as const)
    return Object.fromEntries(made.filter(([, count]) => count > 0))
  }

  it.each([
    ['/v1/profiles/ada', { getProfile: 1, getViews: 1 }],
    [`/v1/photos/${PHOTO}`, { getPhoto: 1, profileCards: 1, getViews: 1 }],
    ['/v1/privacy/inventory', { getInventory: 1 }],
    ['/v1/explore/photos', { explorePhotos: 1, profileCards: 1, getViews: 1 }],
    [`/photos/${PHOTO}`, { photosForVisitors: 1, profileCards: 1, getViews: 1 }],
    [`/photos/${OWNER}`, { photosForVisitors: 1 }],
    ['/explore', { explorePhotos: 1, profileCards: 1, getViews: 1 }],
    ['/@ada', { getProfile: 1, listProfilePhotos: 1, getViews: 1 }],
  ])('%s', async (path, expected) => {
    expect(await askedBy(() => read(plain, path))).toEqual(expected)
  })

  it('shows whose photos they are without asking again', async () => {
    expect(await (await read(plain, '/@ada')).text()).toContain('by Ada Lovelace')
  })

  it('is asked once for the same thing at the same time, and not again for a moment', async () => {
    for (const path of ['/v1/profiles/ada', `/v1/photos/${PHOTO}`, '/@ada', '/v1/privacy/inventory']) {
      const once = await askedBy(() => read(plain, path))
      const all = () => Promise.all(Array.from({ length: AT_ONCE }, () => read(holding, path)))
      expect(await askedBy(all)).toEqual(once)
      expect(await askedBy(all)).toEqual({})
    }
  })

  it('is asked for each member, whose answers hold for nobody else', async () => {
    const tokens = await Promise.all([1, 2].map(() => accessToken()))
    peers.answer(profiles.getProfile, () => ({ ...profile, bio: `answer ${peers.calls(profiles.getProfile).length}` }))
    const bios = await Promise.all(
      tokens.map(
        async (token) =>
          ((await (await read(holding, '/v1/profiles/ada', `Bearer ${token}`)).json()) as { bio: string }).bio,
      ),
    )
    expect(new Set(bios).size).toBe(2)
  })

  it('is asked together for the views of one moment', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    let waiting = 0
    peers.answer(profiles.getProfile, async () => {
      if (++waiting === AT_ONCE) resolve()
      await promise
      return profile
    })
    const token = `Bearer ${await accessToken()}`
    const all = () => Promise.all(Array.from({ length: AT_ONCE }, () => read(plain, '/v1/profiles/ada', token)))
    expect((await askedBy(all))['getViews']).toBeLessThanOrEqual(AT_ONCE / 2)
  })

  it('is not shown what was before a change that this replica passed on', async () => {
    peers.answer(profiles.getProfile, () => ({ ...profile, fullName: 'Shown' }))
    const name = async () =>
      ((await (await read(holding, '/v1/profiles/hider')).json()) as { fullName?: string }).fullName
    expect(await name()).toBe('Shown')
    const { fullName: _, ...hidden } = profile
    peers.answer(profiles.getProfile, () => hidden)
    expect(await name()).toBe('Shown')
    const authorization = `Bearer ${await accessToken({ sub: OWNER })}`
    const changed = await fetch(new URL('/v1/me/profile', holding.url), {
      method: 'PATCH',
      headers: { authorization, 'content-type': 'application/json' },
      body: '{}',
    })
    expect(changed.status).toBe(200)
    expect(await name()).toBeUndefined()
  })

  it.each(endings)('is not held a moment longer than until the news of $what', async ({ path, fact, isOnlyName }) => {
    const owners = new Map<string, string>()
    let gone: string | undefined
    const seen = (id: string) => {
      if (gone === id && !isOnlyName) throw new NotFoundError()
      return { id, ...(gone !== id && { title: SHOWN, fullName: SHOWN }) }
    }
    peers.answer(media.getPhoto, ({ params }) => {
      const { id, title = null } = seen(params.id)
      return { ...photo, id, title, owner: { id } }
    })
    peers.answer(profiles.getProfile, ({ params }) => {
      const { id, fullName } = seen(owners.get(params.handle)!)
      return { ...profile, id, fullName }
    })
    const isShown = async (id: string) => {
      owners.set(handleOf(id), id)
      const answer = await read(holding, path(id))
      const isThere = (await answer.text()).includes(SHOWN)
      expect(answer.status).toBe(isThere || isOnlyName ? 200 : 404)
      return isThere
    }
    const other = randomUUID()
    await eventually('the news, while an answer is held that is older', async () => {
      const id = randomUUID()
      gone = undefined
      expect([await isShown(other), await isShown(id)]).toEqual([true, true])
      gone = id
      if (!(await isShown(id))) return false
      await holding.publish(fact(id), { sequence: 5 })
      await eventually('the answer to be gone', async () => !(await isShown(id)))
      return Object.keys(await askedBy(() => isShown(other))).length === 0
    })
  })

  it('gives the same tag, and nothing more while it is the same, from what is held', async () => {
    const first = await read(holding, '/v1/profiles/ada')
    const etag = first.headers.get('etag')!
    const asked = await askedBy(async () => {
      const again = await fetch(new URL('/v1/profiles/ada', holding.url), { headers: { 'if-none-match': etag } })
      expect([again.status, await again.text()]).toEqual([304, ''])
    })
    expect(asked).toEqual({})
    expect(first.headers.get('content-type')).toBe('application/json; charset=utf-8')
  })
})

import { type Envelope, type EventDefinition, identity, media, profiles } from '@mpics/contracts'
import type { EventServer } from '@mpics/eventing'
import { Clock, Invalidation, Metrics } from '@mpics/service-kit'
import type { FastifyRequest } from 'fastify'
import type { GatewayConfig } from '../config.js'
import { MissingParts } from '../failures/missing-parts.js'
import { routeOf } from '../routes/routes.js'
import { ChangingAccounts } from './changing-accounts.js'
import { ofHandle, PublicAnswers } from './public-answers.js'

const [PHOTO, OWNER, OTHER] = ['photo', 'owner', 'other']

describe('answers that are the same for every visitor', () => {
  const setUp = (ms = 60_000) => {
    let hear: (envelope: Envelope) => void = () => undefined
    const server = { afterEach: (listener: typeof hear) => (hear = listener), handlers: [] } as unknown as EventServer
    const missing = new MissingParts(new Clock(), new Metrics())
    const config = { GATEWAY_PUBLIC_ANSWER_MS: ms } as GatewayConfig
    const changing = new ChangingAccounts()
    const answers = new PublicAnswers(config, missing, changing, new Invalidation(server))
    let asked = 0
    const ask = async () => ({ asked: ++asked })
    const get = (tags: string[] = [PHOTO, OWNER], key = 'key') => answers.get(key, ask, () => tags)
    return {
      answers,
      changing,
      missing,
      get,
      hear: (event: EventDefinition, data: object) => hear({ type: event.type, data } as Envelope),
    }
  }

  it.each([
    ['photo', media.photoPublished, { photoId: PHOTO, ownerId: OWNER }],
    ['photo', media.photoChanged, { photoId: PHOTO, ownerId: OWNER }],
    ['photo', media.photoRemoved, { photoId: PHOTO, ownerId: OWNER }],
    ['photo', media.photoRestored, { photoId: PHOTO, ownerId: OWNER }],
    ['profile', profiles.profileChanged, { profileId: OWNER }],
    ['profile', profiles.profileVisibilityChanged, { profileId: OWNER }],
    ...[...identity.standingFacts, identity.accountErased].map(
      (fact) => ['account', fact, { accountId: OWNER }] as const,
    ),
  ] as const)('are gone at once after the news of the %s, and others are not: %#', async (_, event, data) => {
    const { get, hear } = setUp()
    await get()
    await get([OTHER], 'other')
    expect([await get(), await get([OTHER], 'other')]).toEqual([{ asked: 1 }, { asked: 2 }])
    hear(event, data)
    expect([await get(), await get([OTHER], 'other')]).toEqual([{ asked: 3 }, { asked: 2 }])
  })

  it('that were asked for before a change are given to nobody who comes after it', async () => {
    const { answers, hear, get } = setUp()
    const { promise, resolve } = Promise.withResolvers<object>()
    const [first, second] = [1, 2].map(() =>
      answers.get(
        'key',
        () => promise,
        () => [PHOTO],
      ),
    )
    hear(media.photoRemoved, { photoId: PHOTO, ownerId: OWNER })
    expect(await get()).toEqual({ asked: 1 })
    resolve({ asked: 'before' })
    expect([await first, await second]).toEqual([{ asked: 'before' }, { asked: 'before' }])
    expect(await get()).toEqual({ asked: 1 })
  })

  it('are not held of an account that changed a moment ago, which other services may not have heard of', async () => {
    const { changing, get } = setUp()
    changing.note(OWNER)
    expect([await get(), await get()]).toEqual([{ asked: 1 }, { asked: 2 }])
    expect([await get([OTHER], 'other'), await get([OTHER], 'other')]).toEqual([{ asked: 3 }, { asked: 3 }])
  })

  it('are not held if a part was missing', async () => {
    const { answers, missing } = setUp()
    const views = [Promise.reject(new Error('away')), Promise.resolve(3)]
    const get = () =>
      answers.get(
        'key',
        async () => ({ views: await missing.orNull('views', views.shift()!) }),
        () => [PHOTO],
      )
    expect([await get(), await get(), await get()]).toEqual([{ views: null }, { views: 3 }, { views: 3 }])
  })

  it.each([
    [profiles.setMyVisibility, {}, [OWNER]],
    [media.removePhoto, { id: PHOTO }, [PHOTO]],
    [profiles.followProfile, { handle: 'Ada' }, [ofHandle('ada')]],
    [media.uploadPhoto, {}, ['lists']],
  ] as const)('are gone once this replica has passed a change on: %#', async (api, params, tags) => {
    const { answers, get } = setUp()
    await get([...(tags as unknown as string[])])
    const request = { params, caller: { member: { accountId: OWNER } } } as unknown as FastifyRequest
    answers.after(routeOf(api), request)
    expect(await get()).toEqual({ asked: 2 })
  })

  it('are not held where the operator says so', async () => {
    const { get } = setUp(0)
    expect(await Promise.all([get(), get()])).toEqual([{ asked: 1 }, { asked: 2 }])
  })
})

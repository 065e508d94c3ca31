import { identity, media as contracts, profiles } from '@mpics/contracts'
import { ErasedIds } from '@mpics/eventing'
import { Connection } from '@mpics/mongo'
import { documentsWith, eventually } from '@mpics/testing'
import { FollowerRepository } from '../src/audience/follower.repository.js'
import { MediaHarness } from './setup/media-harness.js'
import { jpeg } from './setup/pictures.js'

const AT = '2026-02-01T00:00:00.000Z'
const ERASURE = '01931f3e-0000-7000-8000-0000000000e1'

describe('an account that is erased', () => {
  let media: MediaHarness
  let person: string
  let other: string
  beforeAll(async () => {
    media = await MediaHarness.open()
    ;[person, other] = [media.person(), media.person()]
    await media.publish(person, await jpeg(200, 100), { title: 'Lift-off' })
    await media.publish(other, await jpeg(200, 100), { title: 'Stays' })
    await media.service.publish(profiles.followStarted.of({ followerId: other, followedId: person }), { sequence: 1 })
    await media.service.untilIdle()
  })
  afterAll(() => media.close())

  const left = () => documentsWith(media.service.get<Connection>(Connection), [person])
  const answers = async () => (await media.service.events(contracts.erasureCompleted)).map(({ data }) => data)
  const order = () =>
    media.service.publish(identity.accountErased.of({ accountId: person, erasureId: ERASURE, erasedAt: AT }))

  it('is gone with its photos and files, told twice and answered once', async () => {
    expect(await left()).not.toEqual([])
    await order()
    await order()
    await eventually('the answer', async () => (await answers()).length > 0)
    await media.service.untilIdle()
    expect(await answers()).toEqual([{ erasureId: ERASURE, documents: expect.any(Number), objects: 4 }])
    expect(await left()).toEqual([])
    expect((await media.bucket.keys()).length).toBe(4)
    expect((await media.documents.find({ ownerId: other }).toArray()).length).toBe(1)
  })

  it('is not brought back by follows that were told before and are heard late', async () => {
    await media.service.publish(profiles.followStarted.of({ followerId: person, followedId: other }), { sequence: 1 })
    await media.service.publish(profiles.followEnded.of({ followerId: other, followedId: person }), { sequence: 2 })
    await media.service.untilIdle()
    expect(await left()).toEqual([])
  })

  it('is erased again where something late did write it', async () => {
    await media.service.get(FollowerRepository).note(other, person, true, 3)
    expect(await left()).not.toEqual([])
    await media.service.get(ErasedIds).recheck([{ followedId: person }])
    expect(await left()).toEqual([])
  })
})

import { media as contracts } from '@mpics/contracts'
import { Connection, nameOfStore, PersonalData } from '@mpics/mongo'
import {
  documentsWith,
  eraseAll,
  eraseOnce,
  exportOf as exported,
  plantOld,
  unstatedCollections,
  unstatedFields,
  untilOldIsGone,
  withoutRule,
} from '@mpics/testing'
import { FollowerRepository } from '../src/audience/follower.repository.js'
import { uploadKey } from '../src/storage/object-keys.js'
import { MediaHarness } from './setup/media-harness.js'
import { jpeg } from './setup/pictures.js'

describe('what media holds of people', () => {
  let media: MediaHarness
  beforeAll(async () => void (media = await MediaHarness.open()))
  afterAll(() => media.close())

  const register = () => media.service.get(PersonalData)
  const held = () => register().held()
  const connection = () => media.service.get<Connection>(Connection)
  const exportOf = async (person: string) => {
    const places = Object.entries(await exported(register(), person))
    return Object.fromEntries(places.filter(([name]) => !name.startsWith('_')))
  }

  async function store(person: string, other: string): Promise<string> {
    const id = await media.publish(person, await jpeg(200, 100), { title: 'Lift-off', place: 'Florida' })
    const followers = media.service.get(FollowerRepository)
    await followers.note(person, other, true, 1)
    await followers.note(other, person, true, 1)
    await media.service.untilIdle()
    await media.bucket.put(uploadKey(id), Buffer.from('as it came'))
    return id
  }

  it('is exported whole, and erased whole with its objects, with nothing of others', async () => {
    const [person, other, third] = [media.person(), media.person(), media.person()]
    const [id, kept] = [await store(person, other), await store(other, third)]
    const objects = (photo: string) =>
      ['large', 'original', 'small', 'thumb'].map((name) => `photos/${photo}/1/${name}`)
    expect(await exportOf(person)).toMatchObject({
      photos: [expect.objectContaining({ id, title: 'Lift-off', place: 'Florida', visibility: 'public' })],
      follows: [{ followedId: other, following: true }],
      'objects photos/': objects(id).map((object) => ({ photoId: id, object })),
      'objects uploads/': [{ photoId: id, object: `uploads/${id}` }],
    })
    // as an earlier release left it
    const follows = connection().db!.collection<{ _id: string }>('follows')
    await follows.updateOne({ _id: `${other}:${person}` }, { $unset: { followedId: '' } })
    for (const entry of held().toReversed()) await entry.erase(person)
    await eraseAll(register(), person)
    expect(await documentsWith(connection(), [person])).toEqual([])
    expect(await unstatedCollections(connection(), register())).toEqual([])
    expect(await unstatedFields(connection(), register())).toEqual([])
    expect(await media.bucket.keys()).toEqual([...objects(kept), `uploads/${kept}`])
    expect(await eraseOnce(register(), person)).toEqual({})
    for (const records of Object.values(await exportOf(person))) expect(records).toEqual([])
    expect((await exportOf(other))['photos']).toHaveLength(1)
  })

  it.each(['photos', 'objects photos/', 'objects uploads/'])(
    'leaves no object when %s is erased first',
    async (first) => {
      const person = media.person()
      const id = await store(person, media.person())
      const [found, others] = [held().filter(({ store }) => nameOfStore(store) === first), held()]
      for (const entry of [...found, ...others]) await entry.erase(person)
      await eraseAll(register(), person)
      expect([...(await media.bucket.keys(`photos/${id}`)), ...(await media.bucket.keys(`uploads/${id}`))]).toEqual([])
      expect(await media.documents.findOne({ _id: id })).toBeNull()
    },
  )

  it('leaves a photo that has an event to publish until it is published', async () => {
    const person = media.person()
    const id = await store(person, media.person())
    await media.documents.updateOne({ _id: id }, { $set: { _outbox: [{ id: 'waits' }] } })
    const photos = held().find(({ store }) => nameOfStore(store) === 'photos')!
    expect(await photos.erase(person)).toEqual({ erased: 0, waiting: 1 })
    await media.documents.updateOne({ _id: id }, { $pull: { _outbox: { id: 'waits' } } } as never)
    await media.service.untilIdle()
    expect(await photos.erase(person)).toEqual({ erased: 1, waiting: 0 })
    expect((await media.service.events(contracts.photoErased)).map(({ subject }) => subject)).toContain(id)
  })

  it('keeps nothing for longer than the register says', async () => {
    expect(withoutRule(register())).toEqual([])
    const planted = ['_idempotency', 'photos']
    expect(await plantOld(connection(), register())).toEqual(expect.arrayContaining(planted))
    const upload = uploadKey('01931f3e-0000-7000-8000-000000000001')
    await media.bucket.put(upload, Buffer.from('nobody finished it'))
    await untilOldIsGone(connection(), register())
    expect(await media.bucket.keys(upload)).toEqual([])
  })
})

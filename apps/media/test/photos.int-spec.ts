import { analytics, media as mediaContracts } from '@mpics/contracts'
import { DAY_MS, MINUTE_MS } from '@mpics/contracts/durations'
import { Clock, Ids } from '@mpics/service-kit'
import { eventually } from '@mpics/testing'
import { PurgePhotos } from '../src/housekeeping/purge-photos.js'
import { SweepOrphans } from '../src/housekeeping/sweep-orphans.js'
import { MediaHarness } from './setup/media-harness.js'
import { jpeg } from './setup/pictures.js'

describe('photos', () => {
  let media: MediaHarness
  let owner: string
  let picture: Buffer
  beforeAll(async () => {
    media = await MediaHarness.open()
    owner = media.person()
    picture = await jpeg(200, 100)
  })
  afterAll(() => media.close())
  afterEach(() => jest.restoreAllMocks())

  const later = (ms: number) =>
    jest.spyOn(media.service.get(Clock), 'now').mockImplementation(() => new Date(Date.now() + ms))
  const list = async (path: string, viewer?: string) => (await media.service.as(viewer).get(path).expect(200)).body
  const idsOf = (body: { items: { id: string }[] }) => body.items.map(({ id }) => id)
  async function all(path: string, viewer?: string): Promise<string[]> {
    const ids: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const more = cursor ? `&cursor=${cursor}` : ''
      const body = await list(`${path}${path.includes('?') ? '&' : '?'}limit=2${more}`, viewer)
      ids.push(...idsOf(body))
      cursor = body.nextCursor
    }
    return ids
  }
  const viewed = (id: string, total: number, sequence: number) =>
    media.service.publish(
      analytics.viewTotalUpdated.of({ page: `/photos/${id}`, total, unique: 1, asOf: '2026-01-31T12:00:00Z' }),
      { sequence },
    )

  it('B51.2 have details that are added, corrected and deleted, upon what was read', async () => {
    const id = await media.publish(owner, picture, { title: 'First', place: 'Utrecht' })
    const { headers } = await media.service.as(owner).get(`/v1/photos/${id}`)
    const change = (body: object, ifMatch?: string, member = owner) => {
      const call = media.service.as(member).patch(`/v1/photos/${id}`)
      return (ifMatch ? call.set('If-Match', ifMatch) : call).send(body)
    }
    const first = await change({ title: 'Second', place: null, tags: ['a'] }, headers['etag']).expect(200)
    expect(first.body).toMatchObject({ title: 'Second', place: null, tags: ['a'] })
    const { body } = await change({ title: 'Third' }, headers['etag']).expect(412)
    expect(body.code).toBe('precondition-failed')
    await change({ title: 'Third' }, first.headers['etag']).expect(200)
    await change({ title: 'Mine' }, undefined, media.person()).expect(403)
    await change({ colour: 'red' }).expect(422)
    await change({ title: '\u202Eelif' }).expect(422)
    await media.service.as(undefined).patch(`/v1/photos/${id}`).send({ title: 'x' }).expect(401)
    expect(JSON.stringify(await media.documents.findOne({ _id: id }))).not.toMatch(/Utrecht|Second/)
    await media.service.untilIdle()
    const told = (await media.service.events(mediaContracts.photoChanged)).filter((e) => e.data.photoId === id)
    expect(told.map((e) => e.data.changedFields)).toEqual([['title', 'tags', 'place'], ['title']])
  })

  it('B01.1 are explored without an account, the latest or the most viewed first, page by page', async () => {
    const tag = `tag${Date.now()}`
    const ids: string[] = []
    for (let i = 0; i < 5; i++) ids.push(await media.publish(owner, picture, { tags: [tag, 'common'] }))
    const hidden = await media.publish(owner, picture, { tags: [tag], visibility: 'members' })
    const newest = ids.toReversed()
    expect(await all(`/v1/explore/photos?tag=${tag}`)).toEqual(newest)
    expect((await all('/v1/explore/photos')).filter((id) => ids.includes(id))).toEqual(newest)
    expect(await all('/v1/explore/photos', owner)).not.toContain(hidden)

    await viewed(ids[1]!, 30, 3)
    await viewed(ids[3]!, 20, 3)
    await viewed(ids[1]!, 10, 2) // late: an earlier total
    await viewed('no-photo', 99, 1)
    await media.service.untilIdle()
    const popular = [ids[1], ids[3], ids[4], ids[2], ids[0]]
    expect(await all(`/v1/explore/photos?sort=popular&tag=${tag}`)).toEqual(popular)
    expect((await all('/v1/explore/photos?sort=popular')).filter((id) => ids.includes(id))).toEqual(popular)

    const { headers } = await media.service.as(owner).get(`/v1/photos/${ids[1]}`)
    expect(headers['etag']).toBe('"v2"') // a view is no change of the photo
    await media.service.as(owner).delete(`/v1/photos/${ids[1]}`).expect(204)
    expect(await all(`/v1/explore/photos?sort=popular&tag=${tag}`)).toEqual(popular.slice(1))
    const latest = (await media.service.as(undefined).get(`/v1/explore/photos?limit=1&tag=${tag}`)).body.nextCursor
    for (const query of ['cursor=nonsense', `cursor=${latest}`, `sort=popular&tag=${tag}&cursor=${latest}`]) {
      const { body } = await media.service.as(undefined).get(`/v1/explore/photos?${query}`).expect(422)
      expect(body.code).toBe('cursor-invalid')
    }
    await media.service.as(undefined).get('/v1/explore/photos?tag[$ne]=x').expect(422)
  })

  it('B36.1 fill a gallery as far as its viewer is admitted', async () => {
    const [artist, follower, member] = [media.person(), media.person(), media.person()]
    await media.follow(follower, artist)
    const ids: Record<string, string> = {}
    for (const visibility of ['public', 'members', 'followers', 'me'])
      ids[visibility] = await media.publish(artist, picture, { visibility })
    const path = `/v1/profiles/${media.handleOf(artist)}/photos`
    const { me, followers, members, public: everybody } = ids
    expect(await all(path)).toEqual([everybody])
    expect(await all(path, member)).toEqual([members, everybody])
    expect(await all(path, follower)).toEqual([followers, members, everybody])
    expect(await all(path, artist)).toEqual([me, followers, members, everybody])
    expect(await all('/v1/me/photos', artist)).toEqual([me, followers, members, everybody])
    expect(await all('/v1/me/photos?status=rejected', artist)).toEqual([])
    const { body } = await media.service.as(undefined).get('/v1/profiles/nobody/photos').expect(404)
    expect(body.code).toBe('profiles.profile-not-found')
  })

  it('are gone with every object 30 days after they were removed, and not before', async () => {
    const id = await media.publish(owner, picture)
    await media.service.as(owner).delete(`/v1/photos/${id}`).expect(204)
    await media.service.untilIdle()
    const purge = media.service.get(PurgePhotos)
    later(29.9 * DAY_MS)
    await purge.execute()
    expect(await media.bucket.keys(`photos/${id}/`)).toHaveLength(4)
    later(30 * DAY_MS + 60_000)
    await media.service.as(owner).post(`/v1/photos/${id}/restoration`).expect(404)
    later(30 * DAY_MS + 10 * MINUTE_MS)
    await eventually('the photo is gone', async () => {
      await purge.execute()
      return (await media.documents.findOne({ _id: id })) === null
    })
    expect(await media.bucket.keys(`photos/${id}/`)).toEqual([])
    expect(await purge.execute()).toBe(0)
  })

  it('that never came to be leave no object for longer than an hour', async () => {
    const orphans = [new Ids().next(), new Ids().next()]
    await media.bucket.put(`uploads/${orphans[0]}`, picture)
    await media.bucket.begin(`uploads/${orphans[1]}`)
    const waiting = await media.publish(owner, picture)
    // its own upload is deleted after it was published
    await media.service.untilIdle()
    await media.bucket.put(`uploads/${waiting}`, picture)
    await media.documents.updateOne({ _id: waiting }, { $set: { status: 'processing' } })
    const sweep = media.service.get(SweepOrphans)
    expect(await sweep.execute()).toBe(0)
    later(61 * MINUTE_MS)
    expect(await sweep.execute()).toBe(2)
    expect(await media.bucket.keys('uploads/')).toEqual([`uploads/${waiting}`])
    expect(await media.bucket.unfinished()).toEqual([])
    await media.documents.updateOne({ _id: waiting }, { $set: { status: 'published' } })
    expect(await sweep.execute()).toBe(1)
  })
})

describe('without its object store', () => {
  let media: MediaHarness
  beforeAll(async () => void (media = await MediaHarness.open()))
  afterAll(() => media.close())

  it('the service says so, and shows nothing half done', async () => {
    const owner = media.person()
    const id = await media.publish(owner, await jpeg())
    const { PhotoStore, photoStoreAccess } = await import('../src/storage/photo-store.js')
    const { connectS3 } = await import('@mpics/object-store')
    const store = media.service.get(PhotoStore) as unknown as { clients: object }
    const { clients } = store
    const away = { ...media.bucket.config, MEDIA_S3_ENDPOINT: 'http://127.0.0.1:9' }
    const nobody = await connectS3(photoStoreAccess(away), { sockets: 1, silentMs: 1_000 })
    store.clients = new Map(['reading', 'uploading', 'rendering', 'tidying'].map((kind) => [kind, nobody]))
    const { body, headers } = await media.send(owner, await jpeg()).expect(503)
    expect(body.code).toBe('media.storage-unavailable')
    expect(headers['retry-after']).toBe('2')
    await media.service.as(owner).get(`/v1/photos/${id}/thumb?v=1`).expect(503)
    expect(await media.documents.countDocuments({ ownerId: owner })).toBe(1)
    store.clients = clients
    expect(await media.bucket.keys('uploads/')).toEqual([])
    await eventually(async () => (await media.publish(owner, await jpeg())) !== '')
  })
})

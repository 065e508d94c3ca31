import { Ids } from '@mpics/service-kit'
import { MediaHarness } from './setup/media-harness.js'
import { aPhoto } from './setup/stored-photo.js'

describe('a photo that was stored before a field was added', () => {
  let media: MediaHarness
  const owner = new Ids().next()
  const [bare, strange] = [aPhoto(owner), aPhoto(owner)]
  beforeAll(async () => {
    media = await MediaHarness.open()
    const { visibility: _visibility, altText: _altText, place: _place, tags: _tags, licence: _licence, ...rest } = bare
    await media.documents.insertMany([rest, { ...strange, visibility: 'circles' }])
    await media.follow(follower, owner)
  })
  afterAll(() => media.close())

  const follower = new Ids().next()
  const see = (id: string, viewer?: string) => media.service.as(viewer).get(`/v1/photos/${id}`)
  const listed = async (path: string, viewer?: string) =>
    ((await media.service.as(viewer).get(path).expect(200)).body as { items: { id: string }[] }).items.map(
      ({ id }) => id,
    )

  it('has it empty, and is seen by its owner alone', async () => {
    for (const { _id: id } of [bare, strange]) {
      expect((await see(id, owner).expect(200)).body).toMatchObject({ visibility: 'me', altText: null, tags: [] })
      for (const viewer of [undefined, follower]) await see(id, viewer).expect(404)
      expect((await see(id, owner)).body.renditions.thumb.url).toContain('signature=')
    }
  })

  it('is in no list but its owner’s', async () => {
    const path = `/v1/profiles/${media.handleOf(owner)}/photos`
    for (const viewer of [undefined, follower]) {
      expect(await listed(path, viewer)).toEqual([])
      expect(await listed('/v1/explore/photos', viewer)).toEqual([])
    }
    for (const mine of [path, '/v1/me/photos']) expect(await listed(mine, owner)).toEqual([strange._id, bare._id])
  })

  it('can be changed, and keeps how often it was viewed', async () => {
    await media.documents.updateOne({ _id: bare._id }, { $set: { views: { total: 7, sequence: 3 }, aura: 'blue' } })
    const change = media.service.as(owner).patch(`/v1/photos/${bare._id}`)
    expect((await change.send({ place: 'Here', visibility: 'public' }).expect(200)).body.place).toBe('Here')
    expect((await see(bare._id).expect(200)).body.visibility).toBe('public')
    expect(await media.documents.findOne({ _id: bare._id })).toMatchObject({
      views: { total: 7, sequence: 3 },
      aura: 'blue',
    })
  })
})

describe('a photo that was stored with words in its camera', () => {
  let media: MediaHarness
  beforeAll(async () => void (media = await MediaHarness.open()))
  afterAll(() => media.close())

  it('shows what a camera can say, and no more', async () => {
    const owner = new Ids().next()
    const { picture, ...photo } = aPhoto(owner)
    const camera = { make: 'Acme', lens: 'XF23mm SN:0042 OWNER JANE', takenAt: '2015-02-30T10:00:00', iso: 400 }
    await media.documents.insertOne({ ...photo, picture: { ...picture, camera } })
    expect((await media.see(photo._id)).camera).toEqual({ make: 'Acme', iso: 400 })
  })
})

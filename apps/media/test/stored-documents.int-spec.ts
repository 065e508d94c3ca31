import { Ids } from '@mpics/service-kit'
import { Gallery } from './setup/gallery.js'
import { aPhoto } from './setup/stored-photo.js'

describe('a photo that was stored before a field was added', () => {
  let gallery: Gallery
  const owner = new Ids().next()
  const [bare, strange] = [aPhoto(owner), aPhoto(owner)]
  beforeAll(async () => {
    gallery = await Gallery.open()
    const { visibility: _visibility, altText: _altText, place: _place, tags: _tags, licence: _licence, ...rest } = bare
    await gallery.documents.insertMany([rest, { ...strange, visibility: 'circles' }])
    await gallery.follow(follower, owner)
  })
  afterAll(() => gallery.close())

  const follower = new Ids().next()
  const see = (id: string, viewer?: string) => gallery.service.as(viewer).get(`/v1/photos/${id}`)
  const listed = async (path: string, viewer?: string) =>
    ((await gallery.service.as(viewer).get(path).expect(200)).body as { items: { id: string }[] }).items.map(
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
    const path = `/v1/profiles/${gallery.handleOf(owner)}/photos`
    for (const viewer of [undefined, follower]) {
      expect(await listed(path, viewer)).toEqual([])
      expect(await listed('/v1/explore/photos', viewer)).toEqual([])
    }
    for (const mine of [path, '/v1/me/photos']) expect(await listed(mine, owner)).toEqual([strange._id, bare._id])
  })

  it('can be changed, and keeps how often it was viewed', async () => {
    await gallery.documents.updateOne({ _id: bare._id }, { $set: { views: { total: 7, sequence: 3 }, aura: 'blue' } })
    const change = gallery.service.as(owner).patch(`/v1/photos/${bare._id}`)
    expect((await change.send({ place: 'Here', visibility: 'public' }).expect(200)).body.place).toBe('Here')
    expect((await see(bare._id).expect(200)).body.visibility).toBe('public')
    expect(await gallery.documents.findOne({ _id: bare._id })).toMatchObject({
      views: { total: 7, sequence: 3 },
      aura: 'blue',
    })
  })
})

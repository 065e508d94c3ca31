import { media as contracts } from '@mpics/contracts'
import { MediaHarness } from './setup/media-harness.js'
import { aPhoto } from './setup/stored-photo.js'

describe('what a read of photos asks of MongoDB', () => {
  let media: MediaHarness
  let [owner, viewer]: string[] = []
  beforeAll(async () => {
    media = await MediaHarness.open()
    ;[owner, viewer] = [media.person(), media.person()]
  })
  afterAll(() => media.close())

  async function photoOf(ownerId: string, visibility: string): Promise<string> {
    const photo = { ...aPhoto(ownerId), visibility }
    await media.documents.insertOne(photo)
    return photo._id
  }

  it.each(['public', 'members', 'me'])('one document for a photo for %s, whoever asks', async (visibility) => {
    const id = await photoOf(owner!, visibility)
    const see = (as?: string) => media.service.as(as).get(`/v1/photos/${id}`)
    for (const as of [owner, viewer, undefined]) expect(await media.commandsOf(() => see(as))).toEqual(['find photos'])
  })

  it('who follows whom only for a photo for followers', async () => {
    const id = await photoOf(owner!, 'followers')
    const see = (as: string) => media.service.as(as).get(`/v1/photos/${id}`)
    expect(await media.commandsOf(() => see(viewer!).expect(404))).toEqual(['find photos', 'find follows'])
    await media.follow(viewer!, owner!)
    expect(await media.commandsOf(() => see(viewer!).expect(200))).toEqual(['find photos', 'find follows'])
    expect(await media.commandsOf(() => see(owner!).expect(200))).toEqual(['find photos'])
  })

  it('the same for many photos of many owners', async () => {
    const owners = Array.from({ length: 5 }, () => media.person())
    const ids = await Promise.all(owners.map((id, i) => photoOf(id, i % 2 ? 'public' : 'followers')))
    await media.follow(viewer!, owners[0]!)
    let seen: string[] = []
    const ask = async () => {
      const body = { ids, readerId: viewer }
      seen = (await media.service.from('gateway').post(contracts.visiblePhotos.path).send(body).expect(200)).body.ids
    }
    expect(await media.commandsOf(ask)).toEqual(['find photos', 'find follows'])
    expect(new Set(seen)).toEqual(new Set([ids[0], ids[1], ids[3]]))
    const pagesOf = async () => {
      const body = { ids, readerId: null }
      const { items } = (await media.service.from('gateway').post(contracts.photoPages.path).send(body).expect(200))
        .body
      expect(items.map(({ id, ownerId }: Record<string, string>) => `${id} ${ownerId}`).sort()).toEqual(
        [1, 3].map((i) => `${ids[i]} ${owners[i]}`).sort(),
      )
    }
    expect(await media.commandsOf(pagesOf)).toEqual(['find photos'])
  })

  it('one for the photos of many pages, which visitors see as if each was asked for', async () => {
    const owners = Array.from({ length: 5 }, () => media.person())
    const wanted = ['public', 'followers', 'members', 'public', 'public']
    const ids = await Promise.all(owners.map((id, i) => photoOf(id, wanted[i]!)))
    await media.documents.updateOne({ _id: ids[3] }, { $set: { status: 'removed' } })
    await media.documents.updateOne({ _id: ids[4] }, { $set: { owner: { hidden: true, sequence: 1 } } })
    const alone = await Promise.all(ids.map((id) => media.service.as(undefined).get(`/v1/photos/${id}`)))
    expect(alone.map(({ status }) => status)).toEqual([200, 404, 404, 404, 404])
    for (const asked of [ids, [ids[0]]]) {
      const ask = async () => {
        const { path } = contracts.photosForVisitors
        const { body } = await media.service.from('gateway').post(path).send({ ids: asked }).expect(200)
        expect(body.items).toEqual([alone[0]!.body])
      }
      expect(await media.commandsOf(ask)).toEqual(['find photos'])
    }
  })
})

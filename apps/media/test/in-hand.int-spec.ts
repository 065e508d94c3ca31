import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { media as contracts } from '@mpics/contracts'
import { ErasedIds } from '@mpics/eventing'
import { StorageUnavailableError } from '@mpics/object-store'
import { eventually } from '@mpics/testing'
import { PurgePhotos } from '../src/housekeeping/purge-photos.js'
import { uploadPhoto } from '../src/photos/photo.js'
import { PhotoRepository } from '../src/photos/photo.repository.js'
import { RenderUpload } from '../src/renditions/render-upload.js'
import { UploadsInHand } from '../src/renditions/uploads-in-hand.js'
import { PhotoStore } from '../src/storage/photo-store.js'
import { MediaHarness } from './setup/media-harness.js'
import { bomb, jpeg } from './setup/pictures.js'

const MINUTE_MS = 60_000
const LARGER_THAN_A_PART = 6 * 1024 * 1024

describe('an upload whose bytes are in hand', () => {
  let media: MediaHarness
  let owner: string
  let folder: string
  const temporary = process.env['TMPDIR']
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mpics-in-hand-'))
    process.env['TMPDIR'] = folder
    media = await MediaHarness.open()
    owner = media.person()
  })
  afterEach(async () => {
    jest.restoreAllMocks()
    await media.service.untilIdle()
    const left = async () => (await readdir(folder)).filter((name) => name.startsWith('mpics-render-'))
    await eventually('the folders of uploads are gone', async () => (await left()).length === 0)
  })
  afterAll(async () => {
    await media.close()
    if (temporary === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = temporary
    await rm(folder, { recursive: true })
  })

  const stored = (id: string) => media.documents.findOne({ _id: id })
  const statusOf = async (id: string) => (await stored(id))?.['status']
  const published = (id: string) => eventually('it is published', async () => (await statusOf(id)) === 'published')
  const fetches = () => jest.spyOn(media.service.get(PhotoStore), 'saveTo')
  const renditions = (id: string) => media.bucket.keys(`photos/${id}/`)

  /** Holds a picture before it is rendered in hand. */
  function holding() {
    const [begun, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const render = media.service.get(RenderUpload)
    const inHand = render.inHand.bind(render)
    jest.spyOn(render, 'inHand').mockImplementationOnce(async (...picture) => {
      begun.resolve()
      await held.promise
      return inHand(...picture)
    })
    return { begun: begun.promise, letGo: held.resolve }
  }

  it('is neither fetched again nor left in hand', async () => {
    const fetched = fetches()
    const id = await media.publish(owner, await jpeg())
    await media.service.untilIdle()
    expect(fetched).not.toHaveBeenCalled()
    expect(await stored(id)).toMatchObject({ inHandUntil: null })
    expect(await media.bucket.keys(`uploads/${id}`)).toEqual([])
  })

  it('is rejected without a rendition, where it is no picture behind its head', async () => {
    const id = await media.upload(owner, (await jpeg(2000, 1500)).subarray(0, -2_000))
    await eventually('it is rejected', async () => (await statusOf(id)) === 'rejected')
    await media.service.untilIdle()
    expect(await stored(id)).toMatchObject({ inHandUntil: null })
    expect(await media.bucket.keys(`uploads/${id}`)).toEqual([])
    expect(await renditions(id)).toEqual([])
  })

  it.each([
    [
      'larger than a part of the object store',
      async () => Buffer.concat([await jpeg(), Buffer.alloc(LARGER_THAN_A_PART)]),
    ],
    ['too much for a quick process', () => bomb(3_000, 2_000)],
  ])('is left to its event if it is %s', async (_, make) => {
    const fetched = fetches()
    const id = await media.upload(owner, await make())
    await published(id)
    expect(fetched).toHaveBeenCalled()
    expect(await stored(id)).toMatchObject({ inHandUntil: null })
  })

  it('is left to its event if its rendering fails', async () => {
    const fetched = fetches()
    const letGo = jest.spyOn(media.service.get(PhotoRepository), 'letGo')
    jest.spyOn(media.service.get(RenderUpload), 'inHand').mockImplementationOnce(async (_photo, _folder, inserted) => {
      await inserted
      throw new Error('the disk is full')
    })
    const id = await media.publish(owner, await jpeg())
    expect(letGo).toHaveBeenCalledWith(id)
    expect(fetched).toHaveBeenCalledTimes(1)
  })

  it('is waited for by its event, and made by it where it was removed and restored meanwhile', async () => {
    const { begun, letGo } = holding()
    const id = await media.upload(owner, await jpeg())
    await begun
    expect(await stored(id)).toMatchObject({ status: 'processing', inHandUntil: expect.any(Date) })
    await media.service.as(owner).delete(`/v1/photos/${id}`).expect(204)
    expect(await stored(id)).toMatchObject({ inHandUntil: null })
    letGo()
    await media.service.untilIdle()
    await media.service.as(owner).post(`/v1/photos/${id}/restoration`).expect(200)
    await published(id)
    expect((await renditions(id)).length).toBe(4)
  })

  it('leaves nothing where it is erased meanwhile', async () => {
    const { begun, letGo } = holding()
    const id = await media.upload(owner, await jpeg())
    await begun
    await eventually('it is erased', () => media.service.get(PurgePhotos).erase(id))
    letGo()
    await media.service.untilIdle()
    await eventually('its objects are gone', async () => (await renditions(id)).length === 0)
    expect(await media.bucket.keys(`uploads/${id}`)).toEqual([])
  })

  it('leaves nothing where the answer of the object store is lost', async () => {
    const store = media.service.get(PhotoStore)
    const putStream = store.putStream.bind(store)
    jest.spyOn(store, 'putStream').mockImplementationOnce(async (...upload) => {
      await putStream(...upload)
      throw new StorageUnavailableError('media', new Error('away'))
    })
    const before = (await media.bucket.keys()).length
    await media.send(owner, await jpeg()).expect(503)
    await media.service.untilIdle()
    expect((await media.bucket.keys()).length).toBe(before)
  })

  it('is left alone by other replicas until its time has passed', async () => {
    const picture = await jpeg()
    const details = contracts.photoDetails.parse({ tags: [] })
    const upload = { bytes: picture.length, contentType: 'image/jpeg' as const }
    const inHandUntil = new Date(Date.now() + 15_000)
    const id = media.person()
    await media.bucket.put(`uploads/${id}`, picture)
    const uploaded = uploadPhoto({ id, ownerId: owner, details, upload }, new Date())
    const looked = jest.spyOn(media.service.get(PhotoRepository), 'get')
    await media.service.get(PhotoRepository).insert({ ...uploaded, state: { ...uploaded.state, inHandUntil } })
    await eventually('its event came twice', () => looked.mock.calls.filter(([of]) => of === id).length > 5)
    expect(await statusOf(id)).toBe('processing')
    await media.documents.updateOne({ _id: id }, { $set: { inHandUntil: new Date(Date.now() - MINUTE_MS) } })
    await published(id)
  })

  it('is left to its event by a replica that stops, and by whoever was erased', async () => {
    const fetched = fetches()
    jest.spyOn(media.service.get(ErasedIds), 'isNamedIn').mockResolvedValueOnce(true)
    await media.publish(owner, await jpeg())
    expect(fetched).toHaveBeenCalledTimes(1)
    await media.service.get(UploadsInHand).beforeApplicationShutdown()
    const id = await media.publish(owner, await jpeg())
    expect(fetched).toHaveBeenCalledTimes(2)
    expect(await stored(id)).toMatchObject({ inHandUntil: null })
  })
})

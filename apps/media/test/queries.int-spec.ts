import { media as mediaContracts } from '@mpics/contracts'
import { Connection } from '@mpics/mongo'
import { Ids } from '@mpics/service-kit'
import { publishPhoto, uploadPhoto } from '../src/photos/photo.js'
import { PhotoRepository } from '../src/photos/photo.repository.js'
import { MediaHarness } from './setup/media-harness.js'

const PHOTOS = 3000
/** One in so many is of the owner, and has the tag, that are looked for. */
const SHARE = 15
const LIMIT = 10

interface Profiled {
  planSummary: string
  hasSortStage?: boolean
  keysExamined: number
  docsExamined: number
}

describe('the queries of photos', () => {
  let media: MediaHarness
  let photos: PhotoRepository
  const owner = new Ids().next()

  beforeAll(async () => {
    media = await MediaHarness.open()
    photos = media.service.get(PhotoRepository)
    await media.documents.insertMany(Array.from({ length: PHOTOS }, (_, i) => document(i)))
  })
  afterAll(() => media.close())

  function document(i: number) {
    const visibility = i % SHARE === 0 && i % (4 * SHARE) ? 'me' : 'public'
    const details = mediaContracts.photoDetails.parse({ tags: [i % SHARE === 1 ? 'rare' : 'common'], visibility })
    const upload = { bytes: 1, contentType: 'image/jpeg' as const }
    const { state } = uploadPhoto(
      { id: new Ids().next(), ownerId: i % SHARE ? new Ids().next() : owner, details, upload },
      new Date(),
    )
    const size = { width: 1, height: 1, bytes: 1, contentType: 'image/jpeg' as const }
    const renditions = { thumb: size, small: size, large: size, original: size }
    const published = publishPhoto(state, { placeholder: '', camera: null, renditions }, new Date(i * 1000)).state
    const { id, ...rest } = published
    const purgeAfter = i < 20 ? new Date(i) : null
    return { ...rest, _id: id, version: 1, views: { total: i % 50, sequence: 1 }, purgeAfter }
  }

  async function profile(query: () => Promise<unknown>): Promise<Profiled> {
    const { db } = media.service.get<Connection>(Connection)
    await db!.setProfilingLevel('off')
    await db!
      .collection('system.profile')
      .drop()
      .catch(() => undefined)
    await db!.setProfilingLevel('all')
    await query()
    await db!.setProfilingLevel('off')
    const [found] = await db!
      .collection('system.profile')
      .find({ ns: /\.photos$/ })
      .toArray()
    return found as unknown as Profiled
  }

  const page = (cursor?: string | null) => ({ limit: LIMIT, ...(cursor && { cursor }) })
  /** A list far from its beginning: three pages are before it. */
  async function deep(list: (p: ReturnType<typeof page>) => Promise<{ nextCursor: string | null }>) {
    let cursor: string | null = null
    for (let i = 0; i < 3; i++) cursor = (await list(page(cursor))).nextCursor
    return () => list(page(cursor))
  }

  it.each([
    ['recent', () => deep((p) => photos.explore('recent', p)), '{ publishedAt: -1, _id: -1 }'],
    [
      'recent of a tag',
      () => deep((p) => photos.explore('recent', p, 'rare')),
      '{ tags: 1, publishedAt: -1, _id: -1 }',
    ],
    ['popular', () => deep((p) => photos.explore('popular', p)), '{ views.total: -1, _id: -1 }'],
    [
      'popular of a tag',
      () => deep((p) => photos.explore('popular', p, 'rare')),
      '{ tags: 1, views.total: -1, _id: -1 }',
    ],
    [
      'a gallery',
      () => deep((p) => photos.gallery(owner, ['public', 'members'], p)),
      '{ ownerId: 1, status: 1, visibility: 1, _id: -1 }',
    ],
    ['all of an owner', () => deep((p) => photos.ofOwner(owner, p)), '{ ownerId: 1, _id: -1 }'],
    [
      'uploads of a day',
      async () => () => photos.countUploadsSince(owner, new Date(), 1000),
      '{ ownerId: 1, _id: -1 }',
    ],
    ['what is due', async () => () => photos.due(new Date(), LIMIT), '{ purgeAfter: 1 }'],
  ])('%s: an index finds and sorts, and reads little more than is shown', async (_, prepared, index) => {
    const { planSummary, hasSortStage, keysExamined, docsExamined } = await profile(await prepared())
    expect({ planSummary, hasSortStage }).toEqual({
      planSummary: expect.stringContaining(`IXSCAN ${index}`),
      hasSortStage: undefined,
    })
    expect(docsExamined).toBeLessThanOrEqual(2 * LIMIT)
    expect(keysExamined).toBeLessThanOrEqual(3 * LIMIT)
  })
})

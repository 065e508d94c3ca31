import { identity } from '@mpics/contracts'
import { eventually, rebuilt } from '@mpics/testing'
import { Connection } from '@mpics/mongo'
import { MediaHarness } from './setup/media-harness.js'
import { jpeg } from './setup/pictures.js'

const AT = '2026-01-31T12:00:00.000Z'

describe('B52 photos of an account that is locked or being closed', () => {
  let media: MediaHarness
  let ana: string
  let id: string
  const ben = () => media.person()
  beforeAll(async () => (media = await MediaHarness.open()))
  afterAll(() => media.close())
  beforeEach(async () => {
    ana = media.person()
    id = await media.publish(ana, await jpeg(80, 60), { title: 'Lift-off' })
  })

  const closing = (owner: string, sequence: number) =>
    media.service.publish(identity.closureRequested.of({ accountId: owner, erasesAt: AT, hidden: true }), { sequence })
  const restored = (owner: string, sequence: number) =>
    media.service.publish(identity.closureCancelled.of({ accountId: owner, erasesAt: AT, hidden: false }), { sequence })
  const idle = () => media.service.untilIdle()

  const links = async (viewer?: string) => {
    const { renditions } = (await media.service.as(viewer).get(`/v1/photos/${id}`).expect(200)).body
    return Object.values(renditions as Record<string, { url: string }>).map(
      ({ url }) => new URL(url, 'http://site').href,
    )
  }

  async function seen(photo: string, urls: string[], viewer?: string) {
    const as = media.service.as(viewer)
    const listed = async (path: string) =>
      ((await as.get(path).expect(200)).body.items as { id: string }[]).some((item) => item.id === photo)
    const statuses = urls.map(async (url) => (await as.get(new URL(url).pathname + new URL(url).search)).status)
    const visible = await media.service
      .from('gateway')
      .post('/internal/visible-photos')
      .send({ ids: [photo], readerId: viewer ?? null })
    return {
      page: (await as.get(`/v1/photos/${photo}`)).status,
      pictures: [...new Set(await Promise.all(statuses))],
      explored: [await listed('/v1/explore/photos'), await listed('/v1/explore/photos?sort=popular')],
      gallery: await listed(`/v1/profiles/${media.handleOf(ana)}/photos`),
      visible: visible.body.ids.length as number,
    }
  }
  const HIDDEN = { page: 404, pictures: [404], explored: [false, false], gallery: false, visible: 0 }

  it('are seen by nobody, not even by links of their owner, and all is as it was afterwards', async () => {
    const urls = [...(await links()), ...(await links(ana))]
    const viewers = [undefined, ben()]
    const before = await Promise.all(viewers.map((viewer) => seen(id, urls, viewer)))
    expect(before[0]).toMatchObject({ page: 200, explored: [true, true], gallery: true, visible: 1 })
    await closing(ana, 5)
    await idle()
    for (const viewer of viewers) expect(await seen(id, urls, viewer)).toEqual(HIDDEN)
    await restored(ana, 6)
    await idle()
    expect(await Promise.all(viewers.map((viewer) => seen(id, urls, viewer)))).toEqual(before)
  })

  it('stay hidden when events come twice, late or out of order', async () => {
    await closing(ana, 7)
    await restored(ana, 6)
    await closing(ana, 7)
    await idle()
    expect((await seen(id, [])).page).toBe(404)
    await restored(ana, 8)
    await closing(ana, 5)
    await idle()
    expect((await seen(id, [])).page).toBe(200)
  })

  it('are hidden though they were under way when it was closed', async () => {
    const uploads = await Promise.all(
      Array.from({ length: 3 }, async (_, i) => {
        if (i === 1) await closing(ana, 5)
        return media.upload(ana, await jpeg(60, 40))
      }),
    )
    await idle()
    for (const photo of uploads) expect((await seen(photo, [], ben())).page).toBe(404)
  })

  it('are hidden after a rebuild, which also mends what claims to be later', async () => {
    const other = media.person()
    const others = await media.publish(other, await jpeg(60, 40))
    await closing(other, 12)
    await idle()
    media.profiles.answer(identity.standingSnapshot, () => ({
      items: [
        { accountId: ana, hidden: true, sequence: 9 },
        { accountId: other, hidden: false, sequence: 9 },
      ],
      nextCursor: null,
    }))
    expect(await rebuilt(media.service, 'standings')).toMatchObject({ state: 'done', reason: null })
    expect((await seen(id, [])).page).toBe(404)
    await eventually(async () => (await seen(others, [])).page === 200)
  })

  it('are seen again after a rebuild though nothing but their marks says that they were hidden', async () => {
    await closing(ana, 5)
    await idle()
    await media.service
      .get<Connection>(Connection)
      .db!.collection('owners')
      .deleteOne({ _id: ana as never })
    const items = [{ accountId: ana, hidden: false, sequence: 6 }]
    media.profiles.answer(identity.standingSnapshot, () => ({ items, nextCursor: null }))
    expect(await rebuilt(media.service, 'standings')).toMatchObject({ state: 'done' })
    expect((await seen(id, [])).page).toBe(200)
  })
})

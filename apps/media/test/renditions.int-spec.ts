import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { media as mediaContracts } from '@mpics/contracts'
import { Clock } from '@mpics/service-kit'
import { eventually, keys } from '@mpics/testing'
import { RENDITIONS } from '../src/photos/photo.js'
import { MediaHarness } from './setup/media-harness.js'
import { jpeg, metadataOf, pixels, withMetadata } from './setup/pictures.js'

type Renditions = Record<(typeof RENDITIONS)[number], { url: string }>

describe('the renditions of a photo', () => {
  let media: MediaHarness
  let owner: string
  let follower: string
  let member: string
  beforeAll(async () => {
    media = await MediaHarness.open()
    ;[owner, follower, member] = [media.person(), media.person(), media.person()]
    await media.follow(follower, owner)
  })
  afterAll(() => media.close())

  const get = (url: string, viewer?: string) => media.service.as(viewer).get(url).buffer(true)
  const renditionsOf = async (id: string, viewer?: string): Promise<Renditions> =>
    (await media.see(id, viewer)).renditions
  const status = async (url: string, viewer?: string) => (await get(url, viewer)).status

  it.each([
    ['JPEG', () => jpeg(1200, 800)],
    ['PNG', () => pixels(600, 400).png().toBuffer()],
    ['WebP', () => pixels(600, 400).webp().toBuffer()],
  ])('B10.1 B10.2 of a %s with a position tell nothing: neither what is served nor what is stored', async (_, make) => {
    const id = await media.publish(owner, await withMetadata(await make()))
    const folder = await mkdtemp(join(tmpdir(), 'mpics-b10-'))
    const files = RENDITIONS.map((name) => join(folder, name))
    const { camera, place, renditions } = await media.see(id, owner)
    for (const name of RENDITIONS) {
      const { body } = await get(renditions[name].url).expect(200)
      expect(body.includes('anary')).toBe(false)
      await writeFile(join(folder, name), body)
    }
    expect(await metadataOf(...files)).toEqual(RENDITIONS.map(() => []))
    expect(await media.bucket.keys('uploads/')).toEqual([])
    expect({ camera: Object.keys(camera).sort(), place }).toEqual({
      camera: ['aperture', 'exposureTime', 'focalLength', 'iso', 'lens', 'make', 'model', 'takenAt'],
      place: null,
    })
    const stored = JSON.stringify(await media.documents.findOne({ _id: id }))
    expect(stored).not.toMatch(/anary|SN-123456|28\.56|gps/i)
    await rm(folder, { recursive: true })
  })

  it.each([
    ['public', ['visitor', 'member', 'follower', 'owner']],
    ['members', ['member', 'follower', 'owner']],
    ['followers', ['follower', 'owner']],
    ['me', ['owner']],
  ])('B36.1 with visibility %s are for %p: page, bytes by token, and bytes by link', async (visibility, admitted) => {
    const id = await media.publish(owner, await jpeg(), { visibility })
    const own = await renditionsOf(id, owner)
    const unsigned = `/v1/photos/${id}/thumb?v=1`
    const viewers = { visitor: undefined, member, follower, owner }
    for (const [name, viewer] of Object.entries(viewers)) {
      const seen = admitted.includes(name)
      const page = await media.service.as(viewer).get(`/v1/photos/${id}`)
      const internal = await media.service
        .from('gateway')
        .get(`/internal/photos/${id}/page`)
        .query({ readerId: viewer })
      expect({ name, page: page.status, bytes: await status(unsigned, viewer), internal: internal.status }).toEqual({
        ...{ name, page: seen ? 200 : 404, bytes: seen ? 200 : 404, internal: seen ? 200 : 404 },
      })
      expect(await status(`/v1/photos/${id}/original?v=1`, viewer)).toBe(name === 'owner' ? 200 : 404)
      if (!seen) continue
      // An <img> sends no token: the link must do.
      expect(await status(page.body.renditions.large.url)).toBe(200)
      expect(page.body.renditions.original === undefined).toBe(name !== 'owner')
    }
    expect(await status(own.original.url)).toBe(200)
    expect(await status(own.original.url.replace('original', 'small'))).toBe(visibility === 'public' ? 200 : 404)
  })

  it('may be cached by others only where everybody may see them, and under a versioned address', async () => {
    const open = await media.publish(owner, await jpeg())
    const { thumb } = await renditionsOf(open)
    expect(thumb.url).toBe(`/v1/photos/${open}/thumb?v=1`)
    const { headers } = await get(thumb.url)
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=60, s-maxage=60',
      'content-type': 'image/jpeg',
      'content-disposition': `inline; filename="${open}-thumb.jpg"`,
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'bytes',
    })
    expect((await get(`/v1/photos/${open}/thumb`)).headers['cache-control']).toBe('public, no-cache')
    const closed = await media.publish(owner, await jpeg(), { visibility: 'followers' })
    const links = await renditionsOf(closed, follower)
    expect((await get(links.small.url)).headers['cache-control']).toBe('private, no-store')
    const { original } = await renditionsOf(open, owner)
    expect((await get(original.url)).headers).toMatchObject({
      'cache-control': 'private, no-store',
      'content-disposition': expect.stringMatching(/^attachment/),
    })
  })

  it('are sent in parts, not at all when known, and by their head alone', async () => {
    const id = await media.publish(owner, await jpeg())
    const url = `/v1/photos/${id}/large?v=1`
    const whole = await get(url).expect(200)
    const etag = whole.headers['etag']!
    const size = whole.body.length
    const part = await get(url).set('Range', 'bytes=10-19').expect(206)
    expect(part.headers['content-range']).toBe(`bytes 10-19/${size}`)
    expect(part.body.equals(whole.body.subarray(10, 20))).toBe(true)
    expect((await get(url).set('Range', 'bytes=-5').expect(206)).body.equals(whole.body.subarray(-5))).toBe(true)
    expect((await get(url).set('Range', 'bytes=5-').set('If-Range', etag).expect(206)).body.length).toBe(size - 5)
    expect((await get(url).set('Range', 'bytes=5-').set('If-Range', '"other"').expect(200)).body.length).toBe(size)
    const beyond = await get(url).set('Range', `bytes=${size}-`).expect(416)
    expect(beyond.headers['content-range']).toBe(`bytes */${size}`)
    expect(beyond.body).toMatchObject({ code: 'media.range-not-satisfiable' })
    expect((await get(url).set('If-None-Match', etag).expect(304)).headers['cache-control']).toContain('s-maxage=60')
    for (const known of ['*', `W/${etag}`, `"other", ${etag}`]) await get(url).set('If-None-Match', known).expect(304)
    await get(url).set('If-Match', '"other"').expect(412)
    await get(url).set('If-Match', etag).expect(200)
    const response = await fetch(media.service.url + url, {
      method: 'HEAD',
      headers: { ...bearer(), range: 'bytes=5-' },
    })
    expect([response.status, response.headers.get('content-length')]).toEqual([200, String(size)])
  })
  const bearer = () => ({ authorization: `Bearer ${keys().tokensOf('gateway').tokenFor('media')}` })

  describe('behind links', () => {
    afterEach(() => jest.restoreAllMocks())

    it('are for the viewer, photo, rendition and time that were signed', async () => {
      const id = await media.publish(owner, await jpeg(), { visibility: 'followers' })
      const { small } = await renditionsOf(id, follower)
      const link = new URL(small.url, 'http://site')
      const changed = (name: string, value: string) => {
        const other = new URL(link)
        other.searchParams.set(name, value)
        return other.pathname + other.search
      }
      expect(await status(small.url)).toBe(200)
      expect(await status(changed('reader', owner))).toBe(404)
      expect(await status(changed('expires', String(Number(link.searchParams.get('expires')) + 60)))).toBe(404)
      expect(await status(changed('signature', 'AAAA'))).toBe(404)
      expect(await status(changed('session', randomUUID()))).toBe(404)
      expect(await status(small.url.replace(/&session=[^&]+/, ''))).toBe(404)
      expect(await status(small.url.replace('/small', '/large'))).toBe(404)
      const clock = media.service.get(Clock)
      jest.spyOn(clock, 'now').mockReturnValue(new Date(Date.now() + 11 * 60_000))
      const late = await get(small.url).expect(403)
      expect(late.body.code).toBe('media.link-expired')
    })

    it('end at once with what they were given for', async () => {
      const [fan, id] = [media.person(), await media.publish(owner, await jpeg(), { visibility: 'followers' })]
      await media.follow(fan, owner)
      const { small } = await renditionsOf(id, fan)
      expect(await status(small.url)).toBe(200)
      await media.unfollow(fan, owner)
      expect(await status(small.url)).toBe(404)
      const still = (await renditionsOf(id, follower)).small.url
      await media.service.as(owner).patch(`/v1/photos/${id}`).send({ visibility: 'me' }).expect(200)
      expect(await status(still)).toBe(404)
    })
  })

  it('are hidden at once by the trash, and back after a restoration', async () => {
    const id = await media.publish(owner, await jpeg())
    const { thumb } = await renditionsOf(id)
    const { original } = await renditionsOf(id, owner)
    await media.service.as(member).delete(`/v1/photos/${id}`).expect(403)
    await media.service.as(owner).delete(`/v1/photos/${id}`).expect(204)
    await media.service.as(owner).delete(`/v1/photos/${id}`).expect(204)
    for (const viewer of [undefined, member, owner]) {
      await media.service.as(viewer).get(`/v1/photos/${id}`).expect(404)
      expect(await status(thumb.url, viewer)).toBe(404)
    }
    expect(await status(original.url)).toBe(404)
    const { body } = await media.service.as(owner).get('/v1/me/photos?status=removed').expect(200)
    expect(body.items).toMatchObject([{ id, status: 'removed', renditions: null }])
    expect(Date.parse(body.items[0].erasedAfter) - Date.now()).toBeGreaterThan(29 * 86_400_000)
    await media.service.as(member).post(`/v1/photos/${id}/restoration`).expect(404)
    await media.service.as(owner).post(`/v1/photos/${id}/restoration`).expect(200)
    expect(await status(thumb.url)).toBe(200)
    await media.service.untilIdle()
    for (const event of [mediaContracts.photoRemoved, mediaContracts.photoRestored])
      expect((await media.service.events(event)).filter((e) => e.data.photoId === id)).toHaveLength(1)
  })

  it('are made once, however often the upload is told of', async () => {
    const picture = await jpeg()
    const id = await media.publish(owner, picture)
    const told = { photoId: id, ownerId: owner, bytes: picture.length, contentType: 'image/jpeg' as const }
    const objects = () => Promise.all(RENDITIONS.map((name) => media.bucket.etag(`photos/${id}/1/${name}`)))
    const first = await objects()
    await media.service.publish(mediaContracts.photoUploaded.of(told), { sequence: 1 })
    await media.service.publish(mediaContracts.photoUploaded.of(told), { sequence: 1 })
    await media.service.untilIdle()
    // As if the process had died after storing the objects and before saving the document.
    await media.bucket.put(`uploads/${id}`, picture)
    await media.documents.updateOne({ _id: id }, { $set: { status: 'processing', picture: null } })
    await media.service.publish(mediaContracts.photoUploaded.of(told), { sequence: 1 })
    await eventually(async () => (await media.see(id, owner)).status === 'published')
    await media.service.untilIdle()
    expect(await objects()).toEqual(first)
    expect(await media.bucket.keys(`uploads/${id}`)).toEqual([])
    // Once by the first job and once because its document was set back: repeats tell nothing.
    expect(
      (await media.service.events(mediaContracts.photoPublished)).filter((e) => e.data.photoId === id),
    ).toHaveLength(2)
  })

  it('are made of the original where the upload is gone, as a restored backup may have it', async () => {
    const picture = await jpeg()
    const id = await media.publish(owner, picture)
    const objects = () => Promise.all(RENDITIONS.map((name) => media.bucket.etag(`photos/${id}/1/${name}`)))
    const first = await objects()
    await media.service.untilIdle()
    await media.documents.updateOne({ _id: id }, { $set: { status: 'processing', picture: null } })
    const told = { photoId: id, ownerId: owner, bytes: picture.length, contentType: 'image/jpeg' as const }
    await media.service.publish(mediaContracts.photoUploaded.of(told), { sequence: 1 })
    await eventually(async () => (await media.see(id, owner)).status !== 'processing')
    expect(await media.see(id, owner)).toMatchObject({ status: 'published' })
    expect(await objects()).toEqual(first)
  })

  it('of a photo that was removed meanwhile are made after its restoration', async () => {
    const picture = await jpeg()
    const id = await media.publish(owner, picture)
    await media.bucket.put(`uploads/${id}`, picture)
    await media.documents.updateOne({ _id: id }, { $set: { status: 'processing', picture: null } })
    await media.service.as(owner).delete(`/v1/photos/${id}`).expect(204)
    await media.service.as(owner).post(`/v1/photos/${id}/restoration`).expect(200)
    await eventually(async () => (await media.see(id, owner)).status === 'published')
  })
})

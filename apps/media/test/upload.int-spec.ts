import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { media as mediaContracts } from '@mpics/contracts'
import { keys } from '@mpics/testing'
import { eventually } from '@mpics/testing'
import { fixture } from './setup/jpeg-segments.js'
import { MediaHarness } from './setup/media-harness.js'
import {
  bomb,
  claiming,
  jpeg,
  pixels,
  withChunks,
  withLateScans,
  withLateSize,
  withManyScans,
} from './setup/pictures.js'

const MB = 1000 * 1000

/** More text before its animation than a look at the beginning reads. */
const withLateMovement = (png: Buffer): Buffer =>
  withChunks(png, 'tEXt', [Buffer.from(`Comment\0${'x'.repeat(300_000)}`)])

describe('uploading a photo', () => {
  let media: MediaHarness
  let owner: string
  beforeAll(async () => {
    media = await MediaHarness.open()
    owner = media.person()
  })
  afterAll(() => media.close())

  const nothingIsLeft = async () => {
    expect(await media.documents.countDocuments({ ownerId: owner })).toBe(0)
    expect(await media.bucket.keys()).toEqual([])
    expect(await media.bucket.unfinished()).toEqual([])
  }
  const bearer = () => ({
    authorization: `Bearer ${keys().tokensOf('gateway').tokenFor('media', { accountId: owner, sessionId: 's', roles: [] })}`,
  })
  const rejection = (id: string) =>
    eventually(async () => {
      const { status, rejection } = await media.see(id, owner)
      return status === 'rejected' && rejection
    })

  describe('is refused, and leaves nothing behind,', () => {
    afterEach(nothingIsLeft)

    it.each([
      ['a text called .jpg', 415, 'media.unsupported-type', () => Buffer.from('hello '.repeat(1000))],
      ['an empty file', 415, 'media.unsupported-type', () => Buffer.alloc(0)],
      ['an SVG', 415, 'media.unsupported-type', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
      ['a GIF', 415, 'media.unsupported-type', () => Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1')],
      ['a decompression bomb', 422, 'media.too-many-pixels', () => bomb(20_000, 20_000)],
      ['a JPEG of 20,000 scans', 422, 'media.too-complex', () => withManyScans(20_000)],
      ['a JPEG cut off in its header', 422, 'media.damaged', async () => (await jpeg()).subarray(0, 100)],
      ['more than 40 MB', 413, 'media.too-large', async () => Buffer.concat([await jpeg(), Buffer.alloc(40 * MB)])],
      ['far more than 40 MB', 413, 'media.too-large', async () => Buffer.concat([await jpeg(), Buffer.alloc(60 * MB)])],
    ])('%s', async (_, status, code, make) => {
      const { body } = await media.send(owner, await make()).expect(status)
      expect(body).toMatchObject({ code, status })
    })

    it('a form whose texts are no UTF-8, in its fields or their names', async () => {
      const send = async (name: string, value: string) => {
        const head = `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n--x\r\n`
        const file = 'content-disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
        const body = [Buffer.from(head + file, 'latin1'), await jpeg(), Buffer.from('\r\n--x--\r\n')]
        const token = keys().tokensOf('gateway').tokenFor('media', { accountId: owner, sessionId: 's', roles: [] })
        const headers = { authorization: `Bearer ${token}`, 'content-type': 'multipart/form-data; boundary=x' }
        const url = new URL('/v1/photos', media.service.url)
        return fetch(url, { method: 'POST', headers, body: Buffer.concat(body) })
      }
      for (const [name, value] of [
        ['title', 'M\u00fcnchen'],
        ['t\u00eftle', 'x'],
        ['tags[]', '\u00ed\u00a0\u00bd'],
      ]) {
        const answer = await send(name!, value!)
        expect([name, answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
          name,
          422,
          'input-invalid',
        ])
      }
    })

    const sent = async (...parts: [head: string, content: Buffer | string][]) => {
      const bytes = parts.flatMap(([head, content]) => [
        Buffer.from(`--x\r\ncontent-disposition: form-data${head}\r\n\r\n`),
        Buffer.from(content),
        Buffer.from('\r\n'),
      ])
      const headers = { ...bearer(), 'content-type': 'multipart/form-data; boundary=x' }
      const body = Buffer.concat([...bytes, Buffer.from('--x--\r\n')])
      const answer = await fetch(new URL('/v1/photos', media.service.url), { method: 'POST', headers, body })
      const { code, errors } = (await answer.json()) as { code: string; errors?: { path: string; code: string }[] }
      return [answer.status, code, ...(errors ?? []).map((error) => `${error.path} ${error.code}`)]
    }

    it.each([
      ['a part without a name', ''],
      ['a file without a name', '; filename="a.jpg"'],
    ])('a form that has %s, before its file or behind it', async (_, head) => {
      const file = ['; name="file"; filename="a.jpg"', await jpeg()] as [string, Buffer]
      const nameless = [head, 'abc'] as [string, string]
      for (const parts of [[nameless], [nameless, file], [file, nameless]])
        expect((await sent(...parts)).slice(0, 2)).toEqual([400, 'media.form-malformed'])
    })

    it.each([
      ['as JSON', '; name="title"\r\ncontent-type: application/json', '"A\\ud83dB"', 'title'],
      ['within JSON', '; name="tags"\r\ncontent-type: application/json', '["a\\ud83d"]', 'tags.0'],
      [
        'in another charset',
        '; name="description"\r\ncontent-type: text/plain; charset=utf-16le',
        Buffer.from([0x41, 0, 0x3d, 0xd8, 0x41, 0]),
        'description',
      ],
    ])('a form with half a character, %s', async (_, head, content, path) => {
      const file = ['; name="file"; filename="a.jpg"', await jpeg()] as [string, Buffer]
      expect(await sent([head, content], file)).toEqual([422, 'input-invalid', `${path} not-well-formed`])
    })

    it('a form without a file, with wrong fields, or none at all', async () => {
      const picture = await jpeg()
      const { body: missing } = await media.send(owner, undefined, { title: 'x' }).expect(422)
      expect(missing.code).toBe('media.file-missing')
      const wrong = { title: 'x'.repeat(121), visibility: 'friends', colour: 'red', licence: '' }
      const { body } = await media.send(owner, picture, wrong).expect(422)
      expect(body.errors.map((e: { path: string; code: string }) => `${e.path} ${e.code}`).sort()).toEqual([
        'colour unknown-field',
        'licence invalid',
        'title too-long',
        'visibility invalid',
      ])
      await media.service.as(owner).post('/v1/photos').send({ title: 'x' }).expect(415)
      const { body: malformed } = await media.service
        .as(owner)
        .post('/v1/photos')
        .set('content-type', 'multipart/form-data; boundary=x')
        .send('--x\r\nnonsense')
        .expect(400)
      expect(malformed.code).toBe('media.form-malformed')
      for (const boundary of ['', ...[253, 300, 5000].map((length) => `; boundary=${'x'.repeat(length)}`)]) {
        const type = `multipart/form-data${boundary}`
        const long = media.service.as(owner).post('/v1/photos').set('content-type', type).send('--x')
        expect((await long.expect(400)).body).toMatchObject({ code: 'media.form-malformed' })
      }
      const two = media.send(owner, picture).attach('file', picture, 'second.jpg')
      expect((await two.expect(400)).body.code).toBe('media.form-malformed')
      const other = media.service.as(owner).post('/v1/photos').attach('picture', picture, 'a.jpg')
      expect((await other.expect(422)).body.errors[0]).toMatchObject({ path: 'picture', code: 'unknown-field' })
    })

    it('B08 without an account', async () => {
      await media.send(undefined, await jpeg()).expect(401)
    })

    it.each([
      ['short of the end of its file', 1],
      ['in the middle of a large file', 12 * MB],
    ])('an upload that is broken off %s', async (_, length) => {
      const picture = Buffer.concat([await jpeg(), Buffer.alloc(length)])
      const head = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
      const headers = {
        ...bearer(),
        'content-type': 'multipart/form-data; boundary=x',
        'content-length': String(head.length + picture.length + 1_000_000),
      }
      const upload = request(`${media.service.url}/v1/photos`, { method: 'POST', headers })
      upload.on('error', () => undefined)
      upload.write(head)
      await new Promise((sent) => upload.write(picture, sent))
      if (length > 5 * MB) await eventually(async () => (await media.bucket.unfinished()).length > 0)
      upload.destroy()
      await eventually(async () => (await media.bucket.unfinished()).length === 0)
      await eventually(async () => (await media.bucket.keys()).length === 0)
    })
  })

  it('is accepted, told of once, and then published', async () => {
    const picture = await jpeg()
    const fields = { title: 'Lift-off', 'tags[]': ['Rockets', 'night sky'], altText: 'A rocket', visibility: 'members' }
    const { body, headers } = await media.send(owner, picture, fields).expect(202)
    expect(body).toEqual({ id: expect.any(String), status: 'processing' })
    expect(headers['location']).toBe(`/v1/photos/${body.id}`)
    const photo = await eventually(async () => {
      const seen = await media.see(body.id, owner)
      return seen.status === 'published' && seen
    })
    expect(photo).toMatchObject({ title: 'Lift-off', tags: ['rockets', 'night sky'], place: null, camera: null })
    expect(photo.renditions.original).toMatchObject({ width: 600, height: 400 })
    await media.service.untilIdle()
    const about = (events: { data: { photoId: string } }[]) => events.filter((e) => e.data.photoId === body.id)
    expect(about(await media.service.events(mediaContracts.photoUploaded))).toMatchObject([
      { data: { bytes: picture.length, contentType: 'image/jpeg' } },
    ])
    expect(about(await media.service.events(mediaContracts.photoPublished))).toMatchObject([
      { data: { visibility: 'members', width: 600, height: 400 } },
    ])
    expect(await media.bucket.keys()).toEqual(
      ['large', 'original', 'small', 'thumb'].map((name) => `photos/${body.id}/1/${name}`),
    )
    const records = JSON.stringify(await media.service.records('media.photo'))
    expect(records).not.toMatch(/Lift-off|ockets/)
  })

  it('of a large file is received in parts', async () => {
    const large = Buffer.concat([await jpeg(), Buffer.alloc(12 * MB)])
    const id = await media.publish(owner, large)
    expect((await media.see(id, owner)).renditions.original).toMatchObject({ width: 600, height: 400 })
  })

  it('gives one photo for one Idempotency-Key', async () => {
    const picture = await jpeg()
    const send = () => media.send(owner, picture).set('Idempotency-Key', 'once-1').expect(202)
    const [first, second] = [await send(), await send()]
    expect(second.body).toEqual(first.body)
    expect(second.headers['idempotency-replayed']).toBe('true')
  })

  it.each([
    ['another picture', 'a', async () => jpeg(400, 300)],
    ['another text', 'another', async () => jpeg()],
  ])('refuses the Idempotency-Key of one photo with %s, whatever became of the first', async (_, title, make) => {
    const [key, picture] = [randomUUID(), await jpeg()]
    const send = (bytes: Buffer, said: string) => media.send(owner, bytes, { title: said }).set('Idempotency-Key', key)
    const { body: first } = await send(picture, 'a').expect(202)
    const other = async () => {
      const { body } = await send(await make(), title).expect(422)
      expect(body.code).toBe('idempotency-key-reused')
    }
    await other()
    await eventually(async () => (await media.see(first.id, owner)).status === 'published')
    await other()
    await diedBeforeItAnswered(first.id)
    await other()
    expect((await send(picture, 'a').expect(202)).body).toEqual(first)
    await other()
    await media.service.untilIdle()
    expect(await media.bucket.keys(`uploads/${first.id}`)).toEqual([])
    const { renditions } = await media.see(first.id, owner)
    expect(renditions.original).toMatchObject({ width: 600, height: 400 })
  })

  const diedBeforeItAnswered = (id: string) =>
    media
      .collection('_idempotency')
      .updateOne({ 'answer.body.id': id }, { $unset: { answer: 1 }, $set: { leaseUntil: new Date(0) } })

  it('answers 409 to the same key while the first upload is still coming', async () => {
    const [picture, key] = [Buffer.concat([await jpeg(), Buffer.alloc(MB)]), randomUUID()]
    const head = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
    const headers = { ...bearer(), 'content-type': 'multipart/form-data; boundary=x', 'idempotency-key': key }
    const first = request(`${media.service.url}/v1/photos`, { method: 'POST', headers })
    const answered = new Promise<number | undefined>((resolve) => first.on('response', (r) => resolve(r.statusCode)))
    first.write(head)
    first.write(picture)
    await eventually(async () => (await media.collection('_idempotency').countDocuments({ answer: null })) > 0)
    const second = await media
      .send(owner, await jpeg(400, 300))
      .set('Idempotency-Key', key)
      .expect(409)
    expect(second.body.code).toBe('idempotency-in-progress')
    first.end('\r\n--x--\r\n')
    expect(await answered).toBe(202)
    expect(
      (
        await media
          .send(owner, await jpeg(400, 300))
          .set('Idempotency-Key', key)
          .expect(422)
      ).body.code,
    ).toBe('idempotency-key-reused')
  })

  it('does not let another picture take the place of one that an attempt left behind', async () => {
    const key = randomUUID()
    const send = (bytes: Buffer) => media.send(owner, bytes).set('Idempotency-Key', key)
    const { body } = await send(await jpeg()).expect(202)
    await eventually(async () => (await media.see(body.id, owner)).status === 'published')
    await media.documents.deleteOne({ _id: body.id })
    await media.bucket.put(`uploads/${body.id}`, await jpeg())
    await diedBeforeItAnswered(body.id)
    expect((await send(await jpeg(400, 300)).expect(422)).body.code).toBe('idempotency-key-reused')
    expect(await media.bucket.keys(`uploads/${body.id}`)).toEqual([`uploads/${body.id}`])
    expect((await send(await jpeg()).expect(202)).body).toEqual(body)
  })

  it('takes the line ends of forms for what they are', async () => {
    const form = new FormData()
    form.set('title', 'x')
    form.set('description', 'one\ntwo\r\nthree')
    form.set('altText', 'four\r\n\r\nfive')
    form.set('file', new Blob([new Uint8Array(await jpeg())], { type: 'image/jpeg' }), 'a.jpg')
    const sent = await fetch(`${media.service.url}/v1/photos`, { method: 'POST', headers: bearer(), body: form })
    expect(sent.status).toBe(202)
    const { id } = (await sent.json()) as { id: string }
    expect(await media.see(id, owner)).toMatchObject({ description: 'one\ntwo\nthree', altText: 'four\n\nfive' })
  })

  it('finds the photo again that an attempt made which died before it could answer', async () => {
    const picture = await jpeg()
    const send = () => media.send(owner, picture).set('Idempotency-Key', 'died-in-between').expect(202)
    const first = await send()
    await diedBeforeItAnswered(first.body.id)
    const second = await send()
    expect(second.body).toEqual(first.body)
    expect(second.headers['idempotency-replayed']).toBeUndefined()
  })

  it.each([
    ['a truncated JPEG', 'damaged', async () => (await jpeg()).subarray(0, 20_000)],
    [
      'a bomb with its size far behind',
      'too-many-pixels',
      async () => withLateSize(claiming(await jpeg(), 20_000, 20_000)),
    ],
    ['a PNG that moves far behind', 'animated', async () => withLateMovement(await fixture('animated.png'))],
    ['a JPEG with 20,000 scans far behind', 'too-complex', () => withLateScans(20_000)],
    [
      'a JPEG head with nonsense behind',
      'damaged',
      async () => {
        const picture = await jpeg()
        return Buffer.concat([picture.subarray(0, 2000), Buffer.alloc(picture.length, 0x55)])
      },
    ],
  ])('of %s is rejected by the worker, with its reason, and its bytes are deleted', async (_, reason, make) => {
    const id = await media.upload(owner, await make())
    expect(await rejection(id)).toBe(reason)
    await media.service.as(media.person()).get(`/v1/photos/${id}`).expect(404)
    await media.service.untilIdle()
    expect(await media.bucket.keys(`uploads/${id}`)).toEqual([])
    expect(await media.bucket.keys(`photos/${id}`)).toEqual([])
    const told = (await media.service.events(mediaContracts.photoRejected)).filter((e) => e.data.photoId === id)
    expect(told).toMatchObject([{ data: { reason, ownerId: owner } }])
  })

  it.each([
    ['PNG', () => pixels(300, 200).png().toBuffer()],
    ['WebP', () => pixels(300, 200).webp().toBuffer()],
    ['AVIF', () => pixels(300, 200).avif({ effort: 0 }).toBuffer()],
    ['AVIF that says so in second place', () => fixture('mif1.avif')],
    ['JPEG without its end', () => fixture('no-eoi.jpg')],
  ])('takes %s too', async (_, make) => {
    await media.publish(owner, await make())
  })
})

describe('an account', () => {
  let media: MediaHarness
  beforeAll(async () => void (media = await MediaHarness.open({ MEDIA_UPLOADS_PER_DAY: '1' })))
  afterAll(() => media.close())

  it('has a quota for each day', async () => {
    const owner = media.person()
    await media.upload(owner, await jpeg())
    const { body, headers } = await media.send(owner, await jpeg()).expect(429)
    expect(body.code).toBe('media.quota-exceeded')
    expect(headers['retry-after']).toBeDefined()
    await media.upload(media.person(), await jpeg())
  })
})

import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { eventually, keys } from '@mpics/testing'
import { MediaHarness } from './setup/media-harness.js'
import { jpeg } from './setup/pictures.js'

const FIELD = '--x\r\ncontent-disposition: form-data; name="title"\r\n\r\n'
const FILE = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'

describe('uploads that hardly move', () => {
  let media: MediaHarness
  const slow: { upload: ClientRequest; trickle: NodeJS.Timeout }[] = []
  beforeAll(async () => {
    media = await MediaHarness.open({ MEDIA_UPLOADS_CONCURRENCY: '4', MEDIA_UPLOADS_PER_ACCOUNT: '2' })
  })
  afterAll(() => media.close())
  afterEach(() => {
    for (const { upload, trickle } of slow.splice(0)) {
      clearInterval(trickle)
      upload.destroy()
    }
  })

  function begin(accountId: string, start: string): Promise<{ status?: number; code: string }> {
    const token = keys().tokensOf('gateway').tokenFor('media', { accountId, sessionId: 's', roles: [] })
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'multipart/form-data; boundary=x',
      'content-length': 1_000_000,
    }
    const upload = request(`${media.service.url}/v1/photos`, { method: 'POST', headers, agent: false })
    upload.write(start)
    slow.push({ upload, trickle: setInterval(() => upload.write('x'), 100) })
    return new Promise((resolve) => {
      upload.on('error', () => undefined)
      upload.once('response', (response: IncomingMessage) => {
        void buffer(response).then((body) => {
          const { code } = JSON.parse(body.toString()) as { code: string }
          resolve({ status: response.statusCode, code })
        })
      })
    })
  }

  /** Places of uploads that have just ended are free a moment later. */
  async function beginWithPlace(accountId: string, start: string): ReturnType<typeof begin> {
    const answer = await begin(accountId, start)
    return answer.status === 503 ? beginWithPlace(accountId, start) : answer
  }

  it('of one account take no more than its share', async () => {
    const greedy = media.person()
    const answers = [FILE, FIELD, FILE].map((start) => begin(greedy, start))
    expect(await Promise.race(answers)).toEqual({ status: 429, code: 'media.too-many-uploads' })
    await media.upload(media.person(), await jpeg())
  })

  it('of many accounts give their places to whoever comes, and leave nothing', async () => {
    const answers = [FILE, FIELD, FILE, FIELD].map((start) => beginWithPlace(media.person(), start))
    const picture = await jpeg()
    const people = [media.person(), media.person()]
    await Promise.all(
      people.map((person) => eventually(async () => (await media.send(person, picture)).status === 202)),
    )
    expect(await Promise.race(answers)).toEqual({ status: 408, code: 'media.upload-too-slow' })
    for (const { upload } of slow) upload.destroy()
    await eventually(async () => (await media.bucket.keys('uploads/')).length === 0)
    expect(await media.bucket.unfinished()).toEqual([])
  })
})

import { eventually } from '@mpics/testing'
import { sharp } from '../src/decoder/decoders.js'
import { MediaHarness } from './setup/media-harness.js'
import { jpeg, withManyScans } from './setup/pictures.js'

const HOSTILE = 20

describe('a small picture', () => {
  let media: MediaHarness
  beforeAll(async () => void (media = await MediaHarness.open({ MEDIA_DECODER_PROCESSES: '1' })))
  afterAll(() => media.close())

  const interlaced = () =>
    sharp({ create: { width: 4000, height: 3000, channels: 3, background: '#888' } })
      .png({ progressive: true })
      .toBuffer()
  const uploadEventually = (person: string, bytes: Buffer): Promise<string> =>
    eventually(async () => {
      const { status, body } = await media.send(person, bytes)
      return status === 202 && (body as { id: string }).id
    })

  /** As much work as is allowed: for one decoder, a second and more each. */
  it.each([
    ['progressive JPEGs of many scans, of many accounts,', 'many', () => withManyScans(90)],
    ['interlaced PNGs, of one account,', 'one', interlaced],
  ])('beside %s is published before most of them are done', async (_, whose, make) => {
    const [one, hostile] = [media.person(), await make()]
    const whom = () => (whose === 'one' ? one : media.person())
    const ids = await Promise.all(Array.from({ length: HOSTILE }, () => uploadEventually(whom(), hostile)))
    await media.publish(media.person(), await jpeg())
    const open = { _id: { $in: ids }, status: 'processing' } as never
    expect(await media.documents.countDocuments(open)).toBeGreaterThan(HOSTILE / 2)
    await media.documents.updateMany(open, { $set: { status: 'removed' } })
  })
})

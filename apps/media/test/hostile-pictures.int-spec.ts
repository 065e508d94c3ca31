import { eventually } from '@mpics/testing'
import { MediaHarness } from './setup/media-harness.js'
import { jpeg, pixels, withManyScans } from './setup/pictures.js'

const HOSTILE = 20

describe('a small picture beside hostile ones', () => {
  let media: MediaHarness
  beforeAll(async () => void (media = await MediaHarness.open({ MEDIA_DECODER_PROCESSES: '1' })))
  afterAll(() => media.close())

  const processing = (ids: readonly string[]) =>
    media.documents.countDocuments({ _id: { $in: ids }, status: 'processing' } as never)

  /** As much work as is allowed: for one decoder, some seconds each. */
  const laborious = [
    ['progressive JPEGs of many scans', () => withManyScans(90, 4000, 3000)],
    ['interlaced PNGs', () => pixels(4000, 3000).png({ progressive: true, compressionLevel: 1 }).toBuffer()],
  ] as const

  it.each(
    laborious.flatMap(([name, make]) => [[name, 'many accounts', make] as const, [name, 'one account', make] as const]),
  )('(%s, of %s) is published before most of them are done', async (_, whose, make) => {
    const [one, hostile] = [media.person(), await make()]
    const ids = await Promise.all(
      Array.from({ length: HOSTILE }, () => uploadEventually(whose === 'one account' ? one : media.person(), hostile)),
    )
    await media.publish(media.person(), await jpeg())
    expect(await processing(ids)).toBeGreaterThan(HOSTILE / 2)
    await media.documents.updateMany({ _id: { $in: ids } } as never, { $set: { status: 'removed' } })
  })

  /** An account that uploads too many at the same time waits. */
  async function uploadEventually(person: string, bytes: Buffer): Promise<string> {
    return eventually(async () => {
      const { status, body } = await media.send(person, bytes)
      return status === 202 && (body as { id: string }).id
    })
  }
})

import type { MediaConfig } from '../config.js'
import type { DecoderPool } from '../decoding/decoder-pool.js'
import { DecodersBusyError } from '../decoding/decoding.errors.js'
import type { Photo } from '../photos/photo.js'
import type { PhotoStore } from '../storage/photo-store.js'
import { RenderUpload } from './render-upload.js'

const config = { MEDIA_DECODER_PROCESSES: 1 } as MediaConfig
const photo = (ownerId: string, bytes = 1) => ({ id: 'a', contentVersion: 1, ownerId, upload: { bytes } }) as Photo

describe('a rush of uploads', () => {
  it('waits outside, so that it does not hold up the other events of the service', async () => {
    const { promise: never, reject: away } = Promise.withResolvers<void>()
    const objects = { saveTo: () => never } as unknown as PhotoStore
    const render = new RenderUpload(objects, {} as DecoderPool, config)
    const execute = (ownerId = 'a') => render.execute(photo(ownerId)).catch((error: Error) => error)
    const begun = Array.from({ length: 2 + 24 }, () => execute())
    expect(await execute()).toBeInstanceOf(DecodersBusyError)
    const other = execute('b')
    expect(await begun.at(-1)).toBeInstanceOf(DecodersBusyError)
    away(new Error('over'))
    const answers = await Promise.all([...begun.slice(0, -1), other])
    expect(answers.map((error) => (error as Error).message)).toEqual(Array(26).fill('over'))
    expect(await execute()).toEqual(new Error('over'))
  })

  it('of large pictures leaves the way to small ones free', async () => {
    const { promise: later, resolve: end } = Promise.withResolvers<{ rejection: 'too-complex' }>()
    const objects = { saveTo: () => Promise.resolve() } as unknown as PhotoStore
    const decoders = {
      judge: (account: string) => Promise.resolve({ work: account === 'small' ? 1 : 9_000 }),
      renderQuick: (_: string, work: number) => Promise.resolve(work === 1 ? { rejection: 'damaged' } : undefined),
      renderLarge: () => later,
    } as unknown as DecoderPool
    const render = new RenderUpload(objects, decoders, config)
    const large = Array.from({ length: 16 }, (_, n) => render.execute(photo(`large${n}`)))
    expect(await render.execute(photo('small'))).toEqual({ rejection: 'damaged' })
    end({ rejection: 'too-complex' })
    expect(await Promise.all(large)).toEqual(Array(16).fill({ rejection: 'too-complex' }))
  })
})

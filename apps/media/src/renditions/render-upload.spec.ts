import type { MediaConfig } from '../config.js'
import type { Photo } from '../photos/photo.js'
import type { ObjectStore } from '../storage/object-store.js'
import type { DecoderPool } from './decoder-pool.js'
import { RenderUpload } from './render-upload.js'
import { DecodersBusyError } from './rendition.errors.js'

describe('a rush of uploads', () => {
  it('waits outside, so that it does not hold up the other events of the service', async () => {
    let away: (error: Error) => void = () => undefined
    const never = new Promise<void>((_, reject) => (away = reject))
    const objects = { saveTo: () => never } as unknown as ObjectStore
    const render = new RenderUpload(objects, {} as DecoderPool, { MEDIA_DECODER_PROCESSES: 1 } as MediaConfig)
    const execute = () => render.execute({ id: 'a', contentVersion: 1 } as Photo).catch((error: Error) => error)
    const begun = Array.from({ length: 2 + 16 }, execute)
    expect(await execute()).toBeInstanceOf(DecodersBusyError)
    away(new Error('over'))
    expect((await Promise.all(begun)).map((error) => (error as Error).message)).toEqual(Array(18).fill('over'))
    expect(await execute()).toEqual(new Error('over'))
  })
})

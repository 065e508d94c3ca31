import { once } from 'node:events'
import { Readable } from 'node:stream'
import { TooLargeError } from '@mpics/service-kit'
import { capped } from './capped.js'

const bodyOf = (chunks: number) => Readable.from(Array.from({ length: chunks }, () => Buffer.alloc(64 * 1024)))

describe('a body that is passed on', () => {
  it('arrives whole when it is short enough', async () => {
    expect(Buffer.concat(await capped(bodyOf(3), 1_000_000).toArray())).toHaveLength(3 * 64 * 1024)
  })

  it('fails once it is too long', async () => {
    await expect(capped(bodyOf(3), 100_000).toArray()).rejects.toBeInstanceOf(TooLargeError)
  })

  it('is read to its end when the service went away, so that the client hears the answer', async () => {
    const body = bodyOf(20)
    const ended = once(body, 'end')
    const passedOn = capped(body, 10_000_000)
    passedOn.on('error', () => undefined)
    passedOn.destroy(new Error('the service went away'))
    await ended
    expect(body.readableEnded).toBe(true)
  })
})

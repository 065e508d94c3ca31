import { PassThrough, Readable } from 'node:stream'
import { wholeOf } from './whole-of.js'

it('joins the parts of an answer', async () => {
  expect(String(await wholeOf(Readable.from([Buffer.from('one '), Buffer.from('two')])))).toBe('one two')
  expect(await wholeOf(Readable.from([]))).toHaveLength(0)
})

it('fails with the stream, and when it closes before its end', async () => {
  const failing = new PassThrough()
  const failed = wholeOf(failing)
  failing.destroy(new Error('reset'))
  await expect(failed).rejects.toThrow('reset')
  const closing = new PassThrough()
  const closed = wholeOf(closing)
  closing.write('a part')
  closing.destroy()
  await expect(closed).rejects.toThrow('before its end')
})

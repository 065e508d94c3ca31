import { once } from 'node:events'
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

it('fails when the stream had failed, closed or ended before', async () => {
  const failed = new PassThrough()
  failed.destroy(new Error('reset'))
  await expect(wholeOf(failed)).rejects.toThrow('reset')
  await expect(wholeOf(failed)).rejects.toThrow('reset')
  const closed = new PassThrough()
  closed.destroy()
  await once(closed, 'close')
  await expect(wholeOf(closed)).rejects.toThrow('before its end')
  const read = new PassThrough({ autoDestroy: false })
  const whole = wholeOf(read)
  read.end('all')
  expect(String(await whole)).toBe('all')
  await expect(wholeOf(read)).rejects.toThrow('before its end')
})

import { restart, tick, untilIdle, useModelTime } from '../../test/model/clock.js'
import type { OutboxStream, Saved } from './outbox-source.js'
import { SavedStream } from './saved-stream.js'

const saved = (seq: number) =>
  ({ ns: { coll: 'c' }, documentKey: { _id: 'a' }, fullDocument: { _outbox: [{ seq }] } }) as unknown as Saved

function busy() {
  const asked: number[] = []
  const stream = {
    next: () => new Promise<Saved>((resolve) => setTimeout(() => resolve(saved(asked.push(Date.now()))), 1)),
    close: () => Promise.resolve(),
    cursor: { readBufferedDocuments: () => [], cacheResumeToken: () => undefined },
  } as unknown as OutboxStream
  return { asked, saved: new SavedStream(stream, new Map()) }
}

describe('the saves of all replicas', () => {
  useModelTime()
  beforeEach(restart)

  it('are asked for at once when they come alone, and gather when they are many', async () => {
    const { asked, saved: stream } = busy()
    const begun = Date.now()
    const reading = (async () => {
      while (await stream.read(100));
    })()
    await untilIdle()
    await tick()
    expect(asked).toEqual([begun + 1])
    while (Date.now() < begun + 100) await tick()
    expect(asked.length).toBeLessThan(30)
    await stream.close()
    while (jest.getTimerCount() > 0) await tick()
    await reading
  })
})

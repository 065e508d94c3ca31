import { restart, tick, untilIdle, useModelTime } from '../../test/model/clock.js'
import type { OutboxStream, Saved } from './outbox-source.js'
import { SavedStream } from './saved-stream.js'

const PROMPT = 'profiles.follow.started.v1'
const saved = (seq: number, type: string) =>
  ({ ns: { coll: 'c' }, documentKey: { _id: 'a' }, fullDocument: { _outbox: [{ seq, type }] } }) as unknown as Saved

function busy(typeOf: (seq: number) => string = () => PROMPT) {
  const asked: number[] = []
  const savedNow = () => {
    const seq = asked.push(Date.now())
    return saved(seq, typeOf(seq))
  }
  const stream = {
    next: () => new Promise<Saved>((resolve) => setTimeout(() => resolve(savedNow()), 1)),
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

  it('are asked for ten times a second where nobody reacts to them', async () => {
    const { asked, saved: stream } = busy((seq) => (seq === 3 ? PROMPT : 'notifications.email.sent.v1'))
    const begun = Date.now()
    const reading = (async () => {
      while (await stream.read(100));
    })()
    while (Date.now() < begun + 300) await tick()
    expect(asked.slice(0, 4).map((at) => at - begun)).toEqual([1, 102, 203, 208])
    await stream.close()
    while (jest.getTimerCount() > 0) await tick()
    await reading
  })
})

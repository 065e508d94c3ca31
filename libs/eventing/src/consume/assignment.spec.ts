import { setImmediate as turn } from 'node:timers/promises'
import type { Message } from '../envelope/record-texts.js'
import { Assignment } from './assignment.js'
import type { BatchHandling } from './batch-handling.js'
import { BatchPartition } from './batch-partition.js'
import type { MessageHandling } from './handle-message.js'
import { KeyedPartition } from './keyed-partition.js'
import { Slots } from './slots.js'

const message = (offset: number) => ({ key: Buffer.from('k'), value: null, offset: String(offset) }) as Message
const origin = { topic: 't', partition: 0, replayed: false }
const slots = new Slots(9)

/** A handler that ends when it is told to; how many of it run at once is counted. */
function handling() {
  const ends: (() => void)[] = []
  const began: string[] = []
  const handle = async (offsets: string[]) => {
    began.push(offsets.join())
    await new Promise<void>((resolve) => ends.push(resolve))
  }
  const single = {
    attempt: async ({ message: { offset } }: { message: Message }) => {
      await handle([offset])
      return 'done'
    },
  } as unknown as MessageHandling
  const batch = {
    largest: 9,
    handle: (messages: Message[]) => handle(messages.map(({ offset }) => offset)),
  } as unknown as BatchHandling
  return { single, batch, began, ends }
}

describe('an assignment', () => {
  it.each(['one by one', 'many at a time'])(
    'waits for the handler of an earlier one, however many rebalances came between: %s',
    async (how) => {
      const { single, batch, began, ends } = handling()
      const parts = { kafkaTopic: 't', origin, capacity: 9, slots }
      const assignment = new Assignment(
        (_topic, _partition, before) =>
          how === 'one by one'
            ? new KeyedPartition({ ...parts, handling: single, before })
            : new BatchPartition({ ...parts, handling: batch, before, defects: { inc: () => undefined } }),
        () => Promise.resolve(),
      )
      for (let generation = 0; generation < 3; generation++) {
        const work = assignment.of('t', 0)
        if (generation !== 1) work.accept(message(0))
        await turn()
        if (generation < 2) await assignment.release(0)
      }
      expect(began).toEqual(['0'])

      ends[0]!()
      await turn()
      expect(began).toEqual(['0', '0'])
      ends[1]!()
    },
  )
})

import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import { runs } from '../../test/model/runs.js'
import { KeyLanes, type Outcome } from './key-lanes.js'
import { Slots } from './slots.js'
import { type Slot, Watermark } from './watermark.js'

interface Item {
  key: string
  n: number
  fails: number
  slot: Slot
}

const item = fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), fails: fc.nat(2), turns: fc.nat(3) })

/** Runs the items through lanes and a watermark, checking after each step what a crash would find. */
async function play(scheduler: fc.Scheduler, items: { key: string; fails: number }[], slots: number, endAfter: number) {
  const watermark = new Watermark()
  const order = new Map<string, number[]>()
  const handled = new Set<number>()
  let running = 0
  let most = 0
  const together = new Set<string>()
  const attempt = async (it: Item): Promise<Outcome> => {
    expect(together.has(it.key)).toBe(false)
    together.add(it.key)
    most = Math.max(most, ++running)
    await scheduler.schedule(Promise.resolve(), `${it.key}${it.n}`)
    running--
    together.delete(it.key)
    if (it.fails-- > 0) return 0
    handled.add(it.n)
    order.set(it.key, [...(order.get(it.key) ?? []), it.n])
    return 'done'
  }
  const lanes = new KeyLanes<Item>(new Slots(slots), attempt, (it) => {
    watermark.finish(it.slot)
    for (let n = 0; n < (watermark.position ?? 0); n++) expect(handled.has(n)).toBe(true)
  })
  items.forEach((it, n) => lanes.add(it.key, { ...it, n, slot: watermark.add(n) }))
  const steps = async () => {
    for (let step = 0; lanes.open > 0 && step < endAfter; step++) {
      if (scheduler.count() > 0) await scheduler.waitOne()
      else await new Promise((resolve) => setTimeout(resolve, 1))
      await turn()
    }
    lanes.end()
    const quiet = lanes.quiet()
    await scheduler.waitAll()
    await quiet
  }
  await steps()
  return { watermark, order, handled, most }
}

describe('keys in order, side by side', () => {
  it('never commits what is not done, whatever ends first, fails, or is cut off', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(item, { maxLength: 30 }),
        fc.integer({ min: 1, max: 4 }),
        fc.oneof(fc.nat(40), fc.constant(Infinity)),
        async (scheduler, items, slots, endAfter) => {
          const { watermark, order, handled, most } = await play(scheduler, items, slots, endAfter)
          expect(most).toBeLessThanOrEqual(slots)
          for (const ns of order.values()) expect(ns).toEqual([...ns].sort((a, b) => a - b))
          // what is done is either below what a commit covers, or known as done ahead of it
          const position = watermark.position ?? 0
          const ahead = watermark.doneAhead()
          for (const n of handled) expect(n < position || ahead.has(n)).toBe(true)
          if (endAfter === Infinity) expect([handled.size, position]).toEqual([items.length, items.length])
        },
      ),
      runs(150),
    )
  })

  it('has less patience with a key whose last item was given up', async () => {
    const seen: boolean[] = []
    const lanes = new KeyLanes<number>(
      new Slots(1),
      async (n, failing) => {
        seen.push(failing)
        return n === 1 ? 'given-up' : 'done'
      },
      () => {},
    )
    for (const n of [1, 2, 3]) lanes.add('k', n)
    while (lanes.open > 0) await turn()
    expect(seen).toEqual([false, true, false])
  })

  it('asks the next one that waits for a slot when the first has ended', async () => {
    const slots = new Slots(1)
    const gate = Promise.withResolvers<void>()
    const handled: string[] = []
    const lanes = ['busy', 'ended', 'waiting'].map(
      (name) =>
        new KeyLanes<string>(
          slots,
          async () => {
            if (name === 'busy') await gate.promise
            handled.push(name)
            return 'done'
          },
          () => {},
        ),
    )
    for (const lane of lanes) lane.add('k', 'x')
    lanes[1]!.end()
    gate.resolve()
    for (let i = 0; i < 5; i++) await turn()
    expect(handled).toEqual(['busy', 'waiting'])
  })
})

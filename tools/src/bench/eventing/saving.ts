import type { StackBench } from '../measuring/bench.js'
import { interleaved, type Summary } from '../measuring/measure.js'
import { report } from '../measuring/report.js'
import { withPlace } from '../orders/place.js'
import { roles, stopAll } from './roles.js'

const DOCUMENTS = 2_000

/** Measures what an event adds to a save, for one caller and for sixteen; without a relay, and with one that empties the outboxes. */
export async function benchSaving({ stack, rounds, ms }: StackBench): Promise<void> {
  for (const relayed of [false, true])
    for (const callers of [1, 16])
      await withPlace(stack.addresses, async (place) => {
        const [saving, relaying] = [
          await roles.producing({ place, name: 'a', documents: DOCUMENTS }),
          await roles.producing({ place, name: 'r', documents: 1 }),
        ]
        if (relayed) await relaying.ask('relay')
        const loop = async (perSave: number) => {
          const summary = await saving.ask<Summary>('loop', { perSave, callers, ms })
          if (!relayed) await saving.ask('clear')
          return summary
        }
        const comparison = await interleaved(
          () => loop(1),
          () => loop(0),
          rounds,
        )
        const title = `A versioned save, ${callers} at once${relayed ? ', while a relay publishes' : ''}`
        report(title, { ours: 'with an event', reference: 'without' }, comparison)
        await stopAll([saving, relaying])
      })
}

import { setTimeout as delay } from 'node:timers/promises'
import type { Supervised } from '@mpics/tools/environment/processes/supervised'

/** `npm test` has short outages; `npm run faults` those of half a minute. */
const isLong = process.env['FAULTS'] === 'long'
export const OUTAGE_MS = isLong ? 30_000 : 5_000

/** Kills a server at once, waits, and brings it back with its data. */
export async function outage(server: Supervised): Promise<void> {
  await server.killAndStay()
  await delay(OUTAGE_MS)
  await server.start()
}

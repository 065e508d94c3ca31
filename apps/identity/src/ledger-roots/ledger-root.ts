import { decide, type Decision, identity } from '@mpics/contracts'
import { DAY_MS, MINUTE_MS } from '@mpics/contracts/durations'
import { rootOf } from './merkle.js'

/** The root over the heads of all ledgers that changed on a day. It never changes. */
export interface LedgerRoot {
  /** The day, in UTC. */
  id: string
  root: string
  previousRoot: string | null
  entries: number
}

export interface ClosedDay {
  day: string
  tree: string
  /** Entries of this day alone. */
  added: number
}

export function publishRoot({ day, tree, added }: ClosedDay, previous: LedgerRoot | undefined): Decision<LedgerRoot> {
  const entries = (previous?.entries ?? 0) + added
  const previousRoot = previous?.root ?? null
  const root = rootOf(day, previousRoot, tree, entries)
  return decide({ id: day, root, previousRoot, entries }, identity.rootPublished.of({ day, root, entries }))
}

export const dayAfter = (day: string): string => dayOf(new Date(Date.parse(day) + DAY_MS))

/** The last day whose requests have all ended, whatever the clocks of replicas say. */
export const lastClosableDay = (now: Date): string => dayOf(new Date(now.getTime() - DAY_MS - MARGIN_MS))

const MARGIN_MS = 10 * MINUTE_MS
const dayOf = (time: Date) => time.toISOString().slice(0, 10)

import { analytics } from '@mpics/contracts'
import type { AskedPeriod } from './asked-period.js'
import type { Reach } from './planned-points.js'

/** Says what an answer is about, and until when it is final. */
export function shownPeriod({ from, to }: AskedPeriod, { closedUntil: closed }: Reach) {
  const until = closed < from ? from : closed < to ? closed : to
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    closedUntil: until.toISOString(),
    rules: analytics.countingRules.page,
  }
}

import type { Attempt } from '../evidence/history.js'
import type { Observed } from '../evidence/observed.js'
import { commandViolations } from './commands.js'
import { mailViolations, type SenderDeath } from './mails.js'
import { orderViolations } from './order.js'
import { ownerViolations } from './owners.js'
import { projectionViolations } from './projections.js'
import { violation, type Violation } from './violation.js'

/** What a fault explains. */
export interface Allowed {
  /** A mail whose record was missing at one of them may come twice. */
  deaths?: readonly SenderDeath[]
  /** Ids of the events that cannot be handled, because the test made them so. */
  poison?: readonly string[]
}

/** Compares what was asked for with what there is, once nothing moves any more. An empty list: every promise was kept. */
export function check(attempts: readonly Attempt[], seen: Observed, allowed: Allowed = {}): Violation[] {
  const clean = withoutPoison(seen, allowed.poison ?? [])
  return [
    ...commandViolations(attempts, clean),
    ...orderViolations(clean),
    ...ownerViolations(clean),
    ...projectionViolations(attempts, clean),
    ...mailViolations(clean, allowed.deaths ?? []),
    ...leftBehind(clean, allowed.poison ?? []),
  ]
}

/** What the test itself wrote onto the bus tells of nothing. */
function withoutPoison(seen: Observed, poison: readonly string[]): Observed {
  const real = ({ headers }: { headers: Record<string, string> }) => !poison.includes(headers['ce_id'] ?? '')
  const records = Object.entries(seen.records).map(([topic, all]) => [topic, all.filter(real)] as const)
  return { ...seen, records: Object.fromEntries(records) }
}

function leftBehind({ unpublished, refused, deadLetters }: Observed, poison: readonly string[]): Violation[] {
  const buried = new Set(deadLetters.map(({ eventId }) => eventId ?? ''))
  return [
    ...unpublished.map((document) => violation('left behind', document, 'has unpublished events')),
    ...refused.map((id) => violation('left behind', id, 'was set aside by the relay')),
    ...deadLetters
      .filter(({ eventId }) => !poison.includes(eventId ?? ''))
      .map(({ topic, group, origin }) => violation('dead letter', origin, `${group} gave up an event of ${topic}`)),
    ...poison
      .filter((id) => !buried.has(id))
      .map((id) => violation('dead letter', id, 'cannot be handled, and vanished')),
  ]
}

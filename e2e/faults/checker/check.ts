import type { Attempt } from '../evidence/history.js'
import type { Observed } from '../evidence/observed.js'
import { accountViolations } from './account-life.js'
import { commandViolations } from './commands.js'
import { erasureViolations } from './erasures.js'
import { exportViolations, openedExportViolations } from './exports.js'
import { forgottenIn, ofOthers } from './forgotten.js'
import { dueMails, mailViolations, type SenderDeath } from './mails.js'
import { orderViolations } from './order.js'
import { ownerViolations } from './owners.js'
import { tokenViolations } from './program-tokens.js'
import { projectionViolations, siteViolations } from './projections.js'
import { sessionViolations } from './sessions.js'
import { standingViolations } from './standings.js'
import { violation, type Violation } from './violation.js'

/** Deviations that a fault explains. */
export interface Allowed {
  /** A mail whose record was missing at one of them may come twice. */
  deaths?: readonly SenderDeath[]
  /** Ids of events that the test made impossible to handle. */
  poison?: readonly string[]
}

/** Compares the requests with the state at rest. An empty list: the system kept every promise. */
export function check(attempts: readonly Attempt[], seen: Observed, allowed: Allowed = {}): Violation[] {
  const clean = withoutPoison(seen, allowed.poison ?? [])
  const forgotten = forgottenIn(attempts, clean)
  const { deaths = [], poison = [] } = allowed
  return [
    ...violationsOfOthers(ofOthers(attempts, clean, forgotten), deaths, new Set(dueMails(clean))),
    ...openedExportViolations(attempts),
    ...erasureViolations(clean, forgotten, deaths),
    ...orderViolations(clean),
    ...siteViolations(clean),
    ...leftBehind(clean, poison),
  ]
}

const violationsOfOthers = (
  { attempts, seen }: ReturnType<typeof ofOthers>,
  deaths: readonly SenderDeath[],
  caused: ReadonlySet<string>,
): Violation[] => [
  ...commandViolations(attempts, seen),
  ...accountViolations(attempts, seen),
  ...sessionViolations(attempts, seen),
  ...tokenViolations(attempts, seen),
  ...exportViolations(attempts, seen),
  ...ownerViolations(seen),
  ...projectionViolations(attempts, seen),
  ...standingViolations(seen),
  ...mailViolations(attempts, seen, deaths, caused),
]

/** The test's own records on the bus belong to no request. */
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

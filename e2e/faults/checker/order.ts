import type { Observed, SeenRecord } from '../evidence/observed.js'
import { violation, type Violation } from './violation.js'

/** Facts of one key come in the order of their sequence. "At least once" lets a record come again, but only unchanged. */
export function orderViolations({ records }: Pick<Observed, 'records'>): Violation[] {
  return Object.entries(records).flatMap(([topic, all]) =>
    [...Map.groupBy(all, ({ key }) => key ?? '')].flatMap(([key, ofKey]) => inOne(`${topic} ${key}`, ofKey)),
  )
}

function inOne(about: string, records: readonly SeenRecord[]): Violation[] {
  const found: Violation[] = []
  const known = new Map<string, SeenRecord>()
  let last = 0
  for (const record of [...records].sort((a, b) => a.partition - b.partition || a.offset - b.offset)) {
    const id = record.headers['ce_id'] ?? ''
    const before = known.get(id)
    if (before && before.value !== record.value) found.push(violation('doubled event', about, `${id} says two things`))
    if (!before) found.push(...numbered(about, record, last))
    if (!before) last = Math.max(last, Number(record.headers['ce_sequence'] ?? last))
    known.set(id, record)
  }
  const partitions = new Set(records.map(({ partition }) => partition))
  return partitions.size > 1 ? [...found, violation('wrong order', about, 'in several partitions')] : found
}

/** A record published from a request has no sequence. */
function numbered(about: string, { headers }: SeenRecord, last: number): Violation[] {
  if (headers['ce_sequence'] === undefined) return []
  const sequence = Number(headers['ce_sequence'])
  if (sequence > last) return []
  const what = sequence === last ? 'doubled event' : 'wrong order'
  return [violation(what, about, `${headers['ce_type']} has sequence ${sequence} after ${last}`)]
}

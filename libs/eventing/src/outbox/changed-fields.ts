import { isDeepStrictEqual } from 'node:util'

export interface Change {
  $set: Record<string, unknown>
  $unset: Record<string, 1>
}

/** The top-level fields in which the next state differs: a save writes, and the oplog carries, only these. */
export function changedFields(before: object, after: object): Change {
  const change: Change = { $set: {}, $unset: {} }
  const [old, next] = [before as Record<string, unknown>, after as Record<string, unknown>]
  for (const key of new Set([...Object.keys(old), ...Object.keys(next)])) {
    if (key === 'id' || key === 'version' || isDeepStrictEqual(old[key], next[key])) continue
    if (next[key] === undefined) change.$unset[key] = 1
    else change.$set[key] = next[key]
  }
  return change
}

import { isDeepStrictEqual } from 'node:util'

export interface FieldChange {
  $set: Record<string, unknown>
  $unset: Record<string, 1>
}

/** The top-level fields that differ: a save writes, and the oplog carries, only these. */
export const changedFields = (before: object, after: object): FieldChange =>
  fields(before, after, (old, next) => isDeepStrictEqual(old, next))

/** The changed fields, and those that were not among the stored ones; a field that was only read otherwise stays as it is stored. */
export const writtenFields = (before: object, after: object, stored?: object): FieldChange =>
  fields(
    before,
    after,
    (old, next, field) =>
      isDeepStrictEqual(old, next) && (next === undefined || !stored || Object.hasOwn(stored, field)),
  )

function fields(
  before: object,
  after: object,
  isSame: (old: unknown, next: unknown, field: string) => boolean,
): FieldChange {
  const change: FieldChange = { $set: {}, $unset: {} }
  const [old, next] = [before as Record<string, unknown>, after as Record<string, unknown>]
  for (const key of new Set([...Object.keys(old), ...Object.keys(next)])) {
    if (key === 'id' || key === 'version' || isSame(old[key], next[key], key)) continue
    if (next[key] === undefined) change.$unset[key] = 1
    else change.$set[key] = next[key]
  }
  return change
}

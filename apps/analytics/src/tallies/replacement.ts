import type { Tally } from './tally.js'

/** `labels` say of what. */
export interface VersionedTally<L> {
  readonly id: string
  readonly labels: L
  readonly version: number
  readonly tally: Tally
}

/** Another tally for the one of this version, 0 where there is none; null removes it. */
export interface Replacement<L> {
  readonly id: string
  readonly labels: L
  readonly version: number
  readonly tally: Tally | null
}

export const replacementOf = <L>({ id, labels, version, tally }: Replacement<L>) =>
  tally === null
    ? { deleteOne: { filter: { _id: id, version } } }
    : {
        updateOne: {
          filter: { _id: id, version },
          update: { $set: { ...labels, ...tally, version: version + 1 } },
          upsert: version === 0,
        },
      }

/** How the tally that was made anew takes the place of the stored one; undefined where they are the same. */
export function replacing<L>(
  stored: Omit<VersionedTally<L>, 'tally'> & { tally: Tally | null },
  anew: Tally | null,
): Replacement<L> | undefined {
  const { id, labels, version, tally } = stored
  if (anew === null ? tally === null : tally !== null && isSame(tally, anew)) return undefined
  return { id, labels, version, tally: anew }
}

export function isSame(one: Tally, other: Tally): boolean {
  const sources = new Set([...Object.keys(one.offsets), ...Object.keys(other.offsets)])
  return (
    one.total === other.total &&
    one.ownViews === other.ownViews &&
    one.unique === other.unique &&
    one.asOf?.getTime() === other.asOf?.getTime() &&
    [...sources].every((source) => one.offsets[source] === other.offsets[source]) &&
    Buffer.compare(one.registers, other.registers) === 0
  )
}

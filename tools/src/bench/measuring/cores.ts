import { availableParallelism } from 'node:os'

/** What a round kept busy, with whoever asked: all share the same cores. */
export interface Busy {
  cores: number
}

const TOLERANCE = 1.1

/** Of an even number the larger of the two in the middle: between them, one round could hide what is impossible in another. */
export const upperMedian = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN

/** More cores than there are mean that time of processors was counted twice, or shared among too few seconds. */
export const areThere = (rounds: readonly Busy[], available = availableParallelism()): boolean =>
  upperMedian(rounds.map(({ cores }) => cores)) <= available * TOLERANCE

/** Ends a measurement whose figures cannot be true, when it has told them. */
export function refuse(impossible: readonly string[]): void {
  if (impossible.length > 0)
    throw new Error(`Their rates and their processor time cannot be of the same work: ${impossible.join('; ')}`)
}

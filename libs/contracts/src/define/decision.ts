import type { NewEvent } from './define-event.js'

/** The result of a pure transition: the next state, and the facts that tell of it. */
export interface Decision<S> {
  readonly state: S
  readonly events: readonly NewEvent[]
  /** False when there is nothing to save. */
  readonly changed: boolean
}

export const decide = <S>(state: S, ...events: NewEvent[]): Decision<S> => ({ state, events, changed: true })

export const unchanged = <S>(state: S): Decision<S> => ({ state, events: [], changed: false })

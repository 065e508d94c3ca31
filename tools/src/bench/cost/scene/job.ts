import type { Requirement } from '../../../environment/artifacts/requirements.js'
import type { Scene } from './scene.js'

export interface Side {
  name: string
  call: (n: number) => Promise<void>
  pids: Record<string, number | undefined>
  /** Before each round, such as a log-in: tokens end sooner than a measurement. */
  prepare?: () => Promise<unknown>
  /** Until its last operation is done, where it is not by its answer: its rate is that until then. */
  done?: () => Promise<unknown>
  /** Until it rests again: what follows an operation costs, too, and would burden the next side. */
  settled?: () => Promise<unknown>
  /** Of what a call is the work, where that is more than one. */
  perCall?: number
}

/** At most so many times the reference, or for `rate` at least. */
export type Goals = Partial<Record<'cpu' | 'p50' | 'rate', number>>

export interface Sides {
  ours: Side
  reference: Side
  /** The least program that keeps the same promises, where the reference does not. */
  floor?: Side
  /** What the floor itself is compared with, where that is not the reference. */
  floorReference?: Side
}

export interface Job {
  name: string
  callers: number
  /** Operations before the first round; absent: as many as of other jobs. */
  warmUp?: number
  goals: Goals
  /** It is left out where there is none. */
  needs?: Requirement
  sides: (scene: Scene) => Promise<Sides>
}

export interface Moment {
  steady: number
  wall: number
}

export const here = (): Moment => ({ steady: performance.now(), wall: Date.now() })

/** One clock stands while a machine sleeps, and the other can be set back. */
export const elapsed = (from: Moment, to: Moment): number => Math.max(to.steady - from.steady, to.wall - from.wall)

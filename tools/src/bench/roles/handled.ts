import { summarise } from '../measuring/measure.js'

/** A measurement of memory must not use it up itself. */
const MAX_LATENCIES = 100_000

/** The log of a consumer in a measurement: when each event was accepted, and when its handler was done. */
export class Handled {
  private latencies: number[] = []
  private count = 0
  private first = 0
  private last = 0

  add(acceptedAt: number, doneAt: number): void {
    if (this.count++ === 0) this.first = doneAt
    this.last = doneAt
    if (this.latencies.length < MAX_LATENCIES) this.latencies.push(doneAt - acceptedAt)
  }

  readonly commands = {
    count: (): number => this.count,
    last: (): number => this.last,
    /** Latencies since the last call; the rate is that between the first and the last. */
    report: () => {
      const seconds = (this.last - this.first) / 1000
      const slowest = this.latencies.reduce((a, b) => Math.max(a, b), 0)
      const summary = { ...summarise(this.latencies, seconds), slowest }
      this.latencies = []
      this.count = 0
      return summary
    },
  }
}

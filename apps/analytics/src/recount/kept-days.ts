/** Which days stay as they are, since a topic does not hold all of their views any more: those before a day, by partition. */
export class KeptDays {
  private readonly last: string

  constructor(private readonly bySource: ReadonlyMap<string, string>) {
    this.last = [...bySource.values()].reduce(later, '')
  }

  /** Of what these partitions hold. A replayed view is counted where it was recorded. */
  before(sources: Iterable<string>): string {
    const days = [...sources].map((source) => this.bySource.get(source.replace(REPLAYED, '')) ?? this.last)
    return days.length === 0 ? this.last : days.reduce(later)
  }

  /** Of whatever there is: every day that stays somewhere. */
  get latest(): string {
    return this.last
  }

  /** What one of the two keeps. */
  and(other: KeptDays): KeptDays {
    const sources = new Set([...this.bySource.keys(), ...other.bySource.keys()])
    const dayOf = (source: string) => later(this.bySource.get(source) ?? '', other.bySource.get(source) ?? '')
    return new KeptDays(new Map([...sources].map((source) => [source, dayOf(source)])))
  }

  get earliest(): string {
    return [...this.bySource.values()].reduce((one, other) => (one < other ? one : other), this.last)
  }
}

const REPLAYED = /^replay-/

const later = (one: string, other: string): string => (one > other ? one : other)

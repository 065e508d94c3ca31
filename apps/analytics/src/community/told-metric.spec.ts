import { type analytics, type Envelope, type NewEvent } from '@mpics/contracts'
import fc from 'fast-check'
import { daysFrom } from './community-fact.js'
import { type DayCount, tellMetric, type ToldMetric, untoldMetric } from './told-metric.js'

type Told = Envelope<typeof analytics.communityDailyUpdated>['data']

const FIRST = '2026-01-01'
const counts = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 20 })

/** What consumers know who let later numbers replace earlier ones. */
class Reader {
  readonly known = new Map<string, Told>()

  hear(events: readonly NewEvent[]): void {
    for (const { data } of events as NewEvent<Told>[]) this.known.set(data.day, data)
  }

  /** As analysts are told to: of records whose days overlap the last one holds. */
  hearAnew(events: readonly NewEvent[]): void {
    for (const { data } of events as NewEvent<Told>[]) {
      for (const { since, day } of [...this.known.values()])
        if (since <= data.day && day >= data.since) this.known.delete(day)
      this.known.set(data.day, data)
    }
  }

  get sum(): number {
    return [...this.known.values()].reduce((sum, { count }) => sum + count, 0)
  }
}

const daysOf = (all: readonly number[]): DayCount[] =>
  all.flatMap((count, i) => (count > 0 ? [{ day: daysFrom(FIRST, i), count }] : []))

const tell = (state: ToldMetric, all: readonly number[], until: string, reader: Reader): ToldMetric => {
  const { state: next, events } = tellMetric(state, { begin: FIRST, until, days: daysOf(all) })
  reader.hear(events)
  return next
}

const untilAfter = (days: number) => daysFrom(FIRST, days)
const untold = untoldMetric('follows', untilAfter(1), FIRST)

describe('what is told of a metric', () => {
  it('is five and more, each day once, and all that happened but what is too little yet', () => {
    fc.assert(
      fc.property(counts, (all) => {
        const reader = new Reader()
        let state = untold
        for (let closed = 1; closed <= all.length; closed++) state = tell(state, all, untilAfter(closed), reader)
        const told = [...reader.known.values()].sort((a, b) => (a.day < b.day ? -1 : 1))
        for (const [i, { since, day, count }] of told.entries()) {
          expect(count).toBeGreaterThanOrEqual(5)
          expect(since).toBe(i === 0 ? FIRST : daysFrom(told[i - 1]!.day, 1))
          expect(since <= day).toBe(true)
        }
        const happened = all.reduce((sum, count) => sum + count, 0)
        expect(happened - reader.sum).toBeGreaterThanOrEqual(0)
        expect(happened - reader.sum).toBeLessThan(5)
        // whoever begins later tells the same
        const another = new Reader()
        tell(untold, all, untilAfter(all.length), another)
        expect([...another.known.values()]).toEqual(told)
      }),
    )
  })

  it('is all that happened since the first day, though nothing could be told of for long', () => {
    const all = Array.from({ length: 200 }, (_, i) => (i % 45 === 0 ? 1 : 0))
    const reader = new Reader()
    for (let closed = 1; closed <= all.length; closed++)
      tell(untoldMetric('follows', untilAfter(closed), FIRST), all, untilAfter(closed), reader)
    expect([...reader.known.values()]).toMatchObject([{ since: FIRST, day: daysFrom(FIRST, 180), count: 5 }])
  })

  it('changes by nothing or by five and more when acts come late, and is told no second time when none come', () => {
    fc.assert(
      fc.property(counts, fc.nat(19), fc.integer({ min: 1, max: 9 }), (all, at, late) => {
        const [before, after] = [new Reader(), new Reader()]
        const until = untilAfter(all.length)
        const state = tell(untold, all, until, before)
        tell(untold, all, until, after)
        const more = all.map((count, i) => (i === at % all.length ? count + late : count))
        const next = tell(state, more, until, after)
        for (const [day, { count }] of after.known) {
          const step = Math.abs(count - (before.known.get(day)?.count ?? 0))
          expect(step === 0 || step >= 5).toBe(true)
        }
        expect(tellMetric(next, { begin: FIRST, until, days: daysOf(more) }).events).toEqual([])
      }),
    )
  })

  it('is told anew after a restore so that who heard what was lost knows the same as who did not', () => {
    fc.assert(
      fc.property(counts, fc.nat(19), fc.array(fc.nat(9), { minLength: 20, maxLength: 20 }), (all, at, late) => {
        const [heardAll, heardNone] = [new Reader(), new Reader()]
        const [until, backup] = [all.length, at % all.length]
        let state = untold
        const tellDays = (from: number, to: number, readers: readonly Reader[]) => {
          for (let closed = from; closed <= to; closed++) {
            const { state: next, events } = tellMetric(state, {
              begin: FIRST,
              until: untilAfter(closed),
              days: daysOf(all),
            })
            for (const reader of readers) reader.hearAnew(events)
            state = next
          }
        }
        tellDays(1, backup, [heardAll, heardNone])
        const restored = state
        tellDays(backup + 1, until, [heardAll])
        const more = all.map((count, i) => count + late[i]!)
        const { events } = tellMetric(restored, { begin: FIRST, until: untilAfter(until), days: daysOf(more) })
        for (const reader of [heardAll, heardNone]) reader.hearAnew(events)
        const known = ({ known }: Reader) => [...known.values()].sort((a, b) => (a.day < b.day ? -1 : 1))
        expect(known(heardAll)).toEqual(known(heardNone))
      }),
    )
  })

  it('takes nothing back where the clock of another replica is behind', () => {
    const reader = new Reader()
    const state = tell(untold, [6, 2, 7], untilAfter(3), reader)
    expect(reader.sum).toBe(15)
    expect(tellMetric(state, { begin: FIRST, until: untilAfter(1), days: daysOf([6]) }).events).toEqual([])
  })

  it('says nothing before the day has closed', () => {
    expect(tellMetric(untold, { begin: FIRST, until: FIRST, days: daysOf([9]) }).events).toEqual([])
  })
})

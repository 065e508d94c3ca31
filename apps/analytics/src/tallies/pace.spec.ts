import { isFull, Pace } from './pace.js'

const share = (events: number) => ({ views: [], isFull: isFull(Array.from({ length: events }), 2_000) })
const few = [share(1_000)]

describe('the pace of writes', () => {
  const set = () => {
    const clock = { ms: 10_000 }
    return { clock, pace: new Pace(() => clock.ms) }
  }

  it('lets few views wait for those of other partitions alone', () => {
    const { clock, pace } = set()
    pace.begin(50)
    clock.ms += 30
    expect(pace.waitMs(few)).toBe(20)
  })

  it('holds those back that follow many at once, and nobody for longer than a fetch waits', () => {
    const { clock, pace } = set()
    pace.begin(2_000)
    expect(pace.waitMs(few)).toBe(250)
    clock.ms += 100
    expect(pace.waitMs(few)).toBe(150)
    clock.ms += 10_000
    expect(pace.waitMs(few)).toBe(20)
  })

  it('does not hold back a partition that catches up', () => {
    const { pace } = set()
    pace.begin(2_000)
    expect(pace.waitMs([...few, share(1_990)])).toBe(20)
  })
})

import { Pace } from './pace.js'

describe('the pace of writes', () => {
  const set = () => {
    const clock = { ms: 10_000 }
    return { clock, pace: new Pace(() => clock.ms) }
  }

  it('lets few views wait for those of other partitions alone', () => {
    const { clock, pace } = set()
    pace.begin(50)
    clock.ms += 30
    expect(pace.waitMs()).toBe(20)
  })

  it('holds those back that follow many at once, and nobody for longer than a fetch waits', () => {
    const { clock, pace } = set()
    pace.begin(2_000)
    expect(pace.waitMs()).toBe(300)
    clock.ms += 100
    expect(pace.waitMs()).toBe(200)
    clock.ms += 10_000
    expect(pace.waitMs()).toBe(20)
  })
})

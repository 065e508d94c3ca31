import { CompareDays } from './compare-days.js'

const NOW = new Date('2026-03-03T12:00:00Z')
const DAY = '2026-03-02'
const CLOSED = new Date(`${DAY}T24:00:00Z`)

/** Each look finds the next of these, and the last again and again. */
function comparing(looks: { topic: number; log: number }[], closedUntil = [CLOSED]) {
  const next = <T>(all: T[]) => (all.length > 1 ? all.shift()! : all[0]!)
  const log = looks.map((look) => look.log)
  const topic = looks.map((look) => look.topic)
  return new CompareDays(
    { closedUntil: async () => next(closedUntil) } as never,
    {
      hours: {
        of: async function* () {
          yield { views: next(log) }
        },
      },
    } as never,
    { stored: async () => [{ labels: { period: DAY, source: '0' }, tally: { total: next(topic) } }] } as never,
    { begin: async () => new Date('2026-02-01') } as never,
    { now: () => NOW },
  ).execute()
}

describe('the last closed day of the topic beside that of the log', () => {
  it('is the same once a late view has come to both', async () => {
    const looks = [
      { topic: 5, log: 4 },
      { topic: 5, log: 5 },
    ]
    expect(await comparing(looks)).toEqual({ compared: 1, different: 0 })
  })

  it('is different if it stays so', async () => {
    expect(await comparing([{ topic: 5, log: 4 }])).toEqual({ compared: 1, different: 1 })
  })

  it('says nothing where a late view opened the day meanwhile', async () => {
    const opened = [CLOSED, new Date(`${DAY}T10:00:00Z`)]
    expect(await comparing([{ topic: 5, log: 4 }], opened)).toMatchObject({ different: 0 })
  })
})

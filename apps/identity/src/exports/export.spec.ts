import { DAY_MS } from '@mpics/contracts/durations'
import {
  completeExport,
  type Export,
  giveUp,
  joinParts,
  progressOf,
  requestExport,
  takePart,
  writers,
} from './export.js'

const NOW = new Date('2026-01-31T12:00:00Z')
const later = (ms: number) => new Date(NOW.getTime() + ms)
const [ID, OWNER] = ['01931f3e-0000-7000-8000-00000000000e', '01931f3e-0000-7000-8000-000000000001']
const part = (objectKey: string) => ({ objectKey, sha256: 'a'.repeat(64), bytes: 10 })
const types = ({ events }: { events: readonly { type: string }[] }) => events.map(({ type }) => type)

const wanted = requestExport(ID, OWNER, NOW)
const gathered = writers.reduce((state, service) => takePart(state, service, part(service)).state, wanted.state)
const joining: Export = joinParts(gathered, 'one', 0, NOW).state

describe('an export', () => {
  it('waits for the part of each service, the first of which counts', () => {
    expect(types(wanted)).toEqual(['identity.export.requested.v1'])
    const one = takePart(wanted.state, 'media', part('first'))
    expect(takePart(one.state, 'media', part('second')).changed).toBe(false)
    expect([one.state.status, gathered.status]).toEqual(['gathering', 'joining'])
    expect([wanted.state, one.state, gathered].map(progressOf)).toEqual([0, 10, 50])
  })

  it('is joined by one replica, until nothing is heard of it', () => {
    expect(joinParts(joining, 'two', 0, later(29_999)).changed).toBe(false)
    expect(progressOf(joinParts(joining, 'one', 25, later(10_000)).state)).toBe(75)
    const taken = joinParts(joining, 'two', 0, later(30_000)).state
    expect(completeExport(taken, 'one', part('zip'), NOW).changed).toBe(false)
    const done = completeExport(taken, 'two', part('zip'), NOW)
    expect(types(done)).toEqual(['identity.export.completed.v1'])
    expect(completeExport(done.state, 'two', part('other'), NOW).changed).toBe(false)
    expect([done.state.open, progressOf(done.state)]).toEqual([false, 100])
  })

  it('is given up after a week, and not before', () => {
    expect(giveUp(wanted.state, later(7 * DAY_MS - 1)).changed).toBe(false)
    const failed = giveUp(wanted.state, later(7 * DAY_MS)).state
    expect(failed).toMatchObject({ status: 'failed', open: false, endsAt: later(14 * DAY_MS) })
    expect(takePart(failed, 'media', part('late')).changed).toBe(false)
  })
})

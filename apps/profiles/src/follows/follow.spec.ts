import { endFollow, firstFollow, startFollow } from './follow.js'

const ANA = '01931f3e-0000-7000-8000-000000000001'
const BEN = '01931f3e-0000-7000-8000-000000000002'
const now = new Date('2026-01-31T12:00:00Z')
const later = new Date('2026-02-01T12:00:00Z')
const types = (decision: { events: readonly { type: string }[] }) => decision.events.map((e) => e.type)

describe('follow', () => {
  const first = firstFollow(BEN, ANA, now)

  it('starts with one fact about the pair', () => {
    expect(first.state).toMatchObject({ id: `${BEN}:${ANA}`, active: true, since: now })
    expect(first.events[0]).toEqual({
      type: 'profiles.follow.started.v1',
      subject: `${BEN}:${ANA}`,
      data: { followerId: BEN, followedId: ANA },
    })
  })

  it('is not started twice, nor ended twice', () => {
    expect(startFollow(first.state, later)).toEqual({ state: first.state, events: [], changed: false })
    const ended = endFollow(first.state)
    expect(types(ended)).toEqual(['profiles.follow.ended.v1'])
    expect(ended.state).toMatchObject({ active: false, since: null })
    expect(endFollow(ended.state).changed).toBe(false)
  })

  it('can be started again', () => {
    const again = startFollow(endFollow(first.state).state, later)
    expect(types(again)).toEqual(['profiles.follow.started.v1'])
    expect(again.state.since).toBe(later)
  })

  it('is never of oneself', () => {
    expect(() => firstFollow(ANA, ANA, now)).toThrow('Nobody can follow themselves')
  })
})

import { claim, CLAIM_MS, GIVE_UP_AFTER_MS, postponed, queue, sent, suppressed } from './email.js'
import { emailIdOf } from './email-id.js'

const NOW = new Date('2026-01-31T12:00:00Z')
const ID = '01931f3e-0000-7000-8000-000000000201'
const ACCOUNT = '01931f3e-0000-7000-8000-000000000001'
const queued = queue(
  { id: ID, accountId: ACCOUNT, kind: 'follow', cause: 'profiles.follow.started.v1', parameters: {} },
  NOW,
).state

describe('an email', () => {
  it('has the same id however often its event comes, and another for another recipient', () => {
    expect(emailIdOf('e', 'a')).toBe(emailIdOf('e', 'a'))
    expect(new Set([emailIdOf('e', 'a'), emailIdOf('e', 'b'), emailIdOf('f', 'a')]).size).toBe(3)
    expect(emailIdOf('e', 'a')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('is claimed for longer than sending may take, and due again when the claim ends', () => {
    const { state, events } = claim(queued, NOW)
    expect(state).toMatchObject({ status: 'queued', attempts: 1, dueAt: new Date(NOW.getTime() + CLAIM_MS) })
    expect(events).toEqual([])
  })

  it('tells that it was sent, or why not, by ids only', () => {
    expect(sent(queued, NOW).events[0]).toMatchObject({
      type: 'notifications.email.sent.v1',
      data: { emailId: ID, accountId: ACCOUNT, category: 'follows' },
    })
    expect(suppressed(queued, 'setting-off').events[0]).toMatchObject({ data: { reason: 'setting-off' } })
  })

  it('waits longer after each attempt, up to half an hour, and is given up after three days', () => {
    const waits = [1, 2, 3, 30].map(
      (attempts) => postponed({ ...queued, attempts }, 'smtp-421', NOW, 0.5).state.dueAt.getTime() - NOW.getTime(),
    )
    expect(waits).toEqual([2_000, 4_000, 8_000, 1_800_000])
    const late = new Date(NOW.getTime() + GIVE_UP_AFTER_MS + 1)
    expect(postponed({ ...queued, attempts: 100 }, 'smtp-421', late, 0.5).state.status).toBe('bounced')
  })
})

import fc from 'fast-check'
import { addToDigest, MAX_ACTORS, nextDigestAt, queueDigest } from './digest.js'
import { bounced, type Email, gathered, queue, sent, suppressed } from './email.js'
import { causeOf, emailIdOf } from './email-id.js'
import { GIVE_UP_AFTER_MS, postpone, waitMs } from './postpone.js'

const NOW = new Date('2026-01-31T12:00:00Z') // a Saturday
const ID = '01931f3e-0000-7000-8000-000000000201'
const ACCOUNT = '01931f3e-0000-7000-8000-000000000001'
const lease = { holder: 'replica', until: NOW }
const follow = (actorId = 'a') =>
  queue(
    { id: ID, accountId: ACCOUNT, kind: 'follow', cause: 'profiles.follow.started.v1', parameters: { actorId } },
    NOW,
  ).state
const held: Email = { ...follow(), attempts: 1, lease }

describe('an email', () => {
  it('has the same id however often its event comes, and another for another recipient', () => {
    expect(emailIdOf('e', 'a')).toBe(emailIdOf('e', 'a'))
    expect(new Set([emailIdOf('e', 'a'), emailIdOf('e', 'b'), emailIdOf('f', 'a')]).size).toBe(3)
    expect(emailIdOf('e', 'a')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('has another id than another mail to the same recipient by the same event; follows keep the ids that they had', () => {
    expect(new Set(['a', 'b'].map((kind) => emailIdOf(causeOf('e', kind), 'r'))).size).toBe(2)
    expect(emailIdOf(causeOf('e', 'follow'), 'r')).toBe(emailIdOf('e', 'r'))
  })

  it.each([
    ['sent', sent(held, NOW), 'profiles.follow.started.v1'],
    ['suppressed', suppressed(held, 'setting-off', NOW), 'setting-off'],
    ['bounced', bounced(held, 'smtp-550', NOW), 'smtp-550'],
  ])('that was %s says so, by ids only, and is held by nobody', (status, { state, events }, reason) => {
    expect(state).toMatchObject({ status, lease: null, finishedAt: NOW })
    expect(events).toEqual([
      {
        type: `notifications.email.${status}.v1`,
        subject: ID,
        data: { emailId: ID, accountId: ACCOUNT, category: 'follows', reason },
      },
    ])
  })
})

describe('a mail that could not be sent', () => {
  it('waits twice as long after each attempt, at most half an hour, and never in step with others', () => {
    expect([1, 2, 3, 30, 1_000].map((attempts) => waitMs(attempts, 0.999_999_999))).toEqual([
      2_000, 4_000, 8_000, 1_800_000, 1_800_000,
    ])
    expect(waitMs(3, 0)).toBe(4_000)
    const { state, events } = postpone(held, 'smtp-421', NOW, 0)
    expect(state).toMatchObject({ status: 'queued', reason: 'smtp-421', lease: null })
    expect(state.dueAt.getTime() - NOW.getTime()).toBe(1_000)
    expect(events).toEqual([])
  })

  it('waits 15 s at most for another service, however long that was away', () => {
    const { state } = postpone({ ...held, attempts: 30 }, 'peer-unavailable', NOW, 0.999_999_999)
    expect(state.dueAt.getTime() - NOW.getTime()).toBe(15_000)
  })

  it('is given up three days after it was wanted, however often it was tried', () => {
    const at = (ms: number) => postpone({ ...held, attempts: 500 }, 'smtp-421', new Date(NOW.getTime() + ms), 0).state
    expect(at(GIVE_UP_AFTER_MS)).toMatchObject({ status: 'queued' })
    expect(at(GIVE_UP_AFTER_MS + 1)).toMatchObject({ status: 'bounced', reason: 'given-up-smtp-421' })
  })
})

describe('a digest', () => {
  it('comes at 07:00 UTC, of the next day or the next Monday', () => {
    expect(nextDigestAt('daily', NOW).toISOString()).toBe('2026-02-01T07:00:00.000Z')
    expect(nextDigestAt('weekly', NOW).toISOString()).toBe('2026-02-02T07:00:00.000Z')
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') }), (after) => {
        const [daily, weekly] = [nextDigestAt('daily', after), nextDigestAt('weekly', after)]
        expect(daily.getTime() - after.getTime()).toBeGreaterThan(0)
        expect(daily.getTime() - after.getTime()).toBeLessThanOrEqual(86_400_000)
        expect([weekly.getUTCDay(), weekly.getUTCHours()]).toEqual([1, 7])
        expect(weekly.getTime() - after.getTime()).toBeGreaterThan(0)
        expect(weekly.getTime() - after.getTime()).toBeLessThanOrEqual(7 * 86_400_000)
      }),
    )
  })

  it('is the same one for every mail of its time, and names each person once', () => {
    const at = nextDigestAt('daily', NOW)
    const digest = queueDigest(follow('a'), at, NOW).state
    expect(queueDigest(follow('b'), at, NOW).state.id).toBe(digest.id)
    expect(digest).toMatchObject({ kind: 'follow-digest', dueAt: at, parameters: { actorIds: ['a'] } })
    expect(addToDigest(digest, follow('b')).state.parameters.actorIds).toEqual(['a', 'b'])
    expect(addToDigest(digest, follow('a')).changed).toBe(false)
    const full = { ...digest, parameters: { actorIds: Array.from({ length: MAX_ACTORS }, (_, i) => `${i}`) } }
    expect(addToDigest(full, follow('a')).state.parameters).toMatchObject({ moreActors: 1 })
  })

  it('takes nothing more once it is being sent', () => {
    const digest = queueDigest(follow('a'), NOW, NOW).state
    expect(() => addToDigest({ ...digest, lease }, follow('b'))).toThrow(/next one/)
    expect(() => addToDigest(sent(digest, NOW).state, follow('b'))).toThrow(/next one/)
    expect(gathered(held, NOW)).toMatchObject({ state: { status: 'gathered' }, events: [] })
  })
})

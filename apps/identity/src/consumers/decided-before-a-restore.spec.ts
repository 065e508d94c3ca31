import { ada, linkOf } from '../../test/setup/ada.js'
import { type Account, endPassword, proveAgain } from '../accounts/account.js'
import { closeAgain, restoreAgain } from '../closures/closure.js'
import { lockAccount, unlockAgain } from '../locks/lock.js'
import { endRolesBefore } from '../roles/change-roles.js'

const at = (hour: number) => new Date(Date.UTC(2026, 10, 29, hour))
const [lost, later, now] = [at(5), at(10), at(11)]
const link = linkOf('hash', now, 12)

const account = (changes: Partial<Account> = {}): Account => ({ ...ada(at(1)), emailVerifiedAt: at(1), ...changes })
const closure = (requestedAt: Date) => ({ requestedAt, erasesAt: at(23) })
const grant = (since: Date) => ({ role: 'support', by: 'mpics:op', why: 'x', since, until: null, ended: null })

describe('what was decided before a restore', () => {
  it('opens a closing of before, and leaves one of later', () => {
    const closed = closeAgain(account(), closure(at(3)), now)
    expect(closed.state.closure).toEqual(closure(at(3)))
    expect(restoreAgain(closed.state, lost).state.closure).toBeNull()
    expect(restoreAgain(account({ closure: closure(later) }), lost).changed).toBe(false)
  })

  it('lifts the lock that was made again, whose owner has the whole time to object, and leaves one of later', () => {
    const lock = { reason: 'under-age', objection: link } as const
    const act = { by: null, note: null, at: now }
    const again = lockAccount(account(), { ...lock, decidedAt: at(3) }, act).state
    expect(again.lock).toMatchObject({ at: at(3), dueAt: new Date(now.getTime() + 7 * 86_400_000) })
    const unlock = { reason: 'under-age', decidedAt: lost } as const
    expect(unlockAgain(again, unlock, act).state.lock).toBeNull()
    expect(unlockAgain(lockAccount(account(), lock, act).state, unlock, act).changed).toBe(false)
  })

  it('ends a password of before, and leaves one of later', () => {
    const ended = { passwordHash: 'known to nobody', changedAt: lost }
    expect(endPassword(account(), ended, now).state.passwordHash).toBe('known to nobody')
    expect(endPassword(account({ passwordChangedAt: later }), ended, now).changed).toBe(false)
  })

  it('ends roles of before, leaves those of later, and knows the version even without any', () => {
    const change = { by: 'mpics:restore', why: 'lost' }
    const end = (grants: Account['grants']) =>
      endRolesBefore(account({ grants, rolesVersion: 3 }), { changedAt: lost, rolesVersion: 5 }, change, now)
    expect(end([grant(at(2))]).state).toMatchObject({ rolesVersion: 6, grants: [{ until: now, ended: change }] })
    expect(end([grant(later)]).state).toMatchObject({ rolesVersion: 5, grants: [{ until: null }] })
    expect(end([])).toMatchObject({ changed: true, state: { rolesVersion: 5 } })
  })

  it('gives whoever proved an address the time of a registration to prove it again', () => {
    const { state, events } = proveAgain(account({ emailVerifiedAt: null }), link, now)
    expect([state.registeredAt, events.map(({ type }) => type)]).toEqual([
      now,
      ['identity.account.verification-requested.v1'],
    ])
    expect(proveAgain(account(), link, now).changed).toBe(false)
    expect(proveAgain(account({ emailVerifiedAt: null, closure: closure(later) }), link, now).changed).toBe(false)
  })
})

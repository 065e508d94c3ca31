import { rolesOf } from '../roles/role-grants.js'
import { completeAccount } from './complete-account.js'

const registeredAt = new Date('2026-03-01T12:00:00Z')
const stored = {
  id: '01931f3e-0000-7000-8000-000000000001',
  handle: 'ada',
  handleKey: 'ada',
  email: 'ada@example.org',
  emailKey: 'ada@example.org',
  passwordHash: '$argon2id$',
  passwordChangedAt: registeredAt,
  accepted: { terms: '2015-03-14', privacy: '2015-03-14' },
  ageCheckedAt: registeredAt,
  registeredAt,
}
const member = { role: 'member', by: null, why: null, since: registeredAt, until: null, ended: null }

it('makes an account without roles a member since its registration', () => {
  const account = completeAccount(stored)
  expect(account.grants).toEqual([member])
  expect(rolesOf(account, registeredAt)).toEqual(['member'])
})

it('makes roles without a time grants without an end, and keeps the names no longer', () => {
  const account = completeAccount({ ...stored, roles: ['member', 'operator'] })
  expect(account.grants).toEqual([member, { ...member, role: 'operator' }])
  expect(account).not.toHaveProperty('roles')
})

it('takes a link of which it is not known for mailed', () => {
  const link = { id: 'one', tokenHash: 'hash', requestedAt: registeredAt, expiresAt: registeredAt }
  expect(completeAccount({ ...stored, verification: link }).verification).toEqual({ ...link, mailedAt: registeredAt })
})

it('leaves a complete account as it is', () => {
  const grants = [{ ...member, role: 'operator', until: registeredAt }]
  const whole = { ...completeAccount(stored), locale: 'de' as const, fullName: 'Ada Lovelace', grants }
  const waiting = { id: 'one', tokenHash: 'hash', requestedAt: registeredAt, expiresAt: registeredAt, mailedAt: null }
  expect(completeAccount({ ...whole, verification: waiting })).toEqual({ ...whole, verification: waiting })
  expect(completeAccount({ ...whole, roles: ['member'] })).toEqual(whole)
})

it('gives a grant of an earlier release no reason, and its account the first version of roles', () => {
  const grants = [{ role: 'operator', by: null, since: registeredAt, until: null }]
  const account = completeAccount({ ...stored, grants: grants as never })
  expect(account).toMatchObject({ rolesVersion: 0, grants: [{ ...member, role: 'operator' }] })
})

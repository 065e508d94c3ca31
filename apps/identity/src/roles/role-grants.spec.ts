import { memberGrant, nextEndOf, type RoleGrant, rolesOf } from './role-grants.js'

const now = new Date('2026-03-01T12:00:00Z')
const at = (ms: number) => new Date(now.getTime() + ms)
const moderator = (changes: Partial<RoleGrant> = {}): RoleGrant => ({
  ...memberGrant(at(-1000)),
  role: 'moderator',
  by: '01931f3e-0000-7000-8000-000000000001',
  until: at(1000),
  ...changes,
})
const factors = { totp: { confirmedAt: now }, passkeys: [] }

it('gives the role that a grant names from its first moment to the one before its end', () => {
  const holder = { grants: [moderator()], factors }
  const roles = [-1001, -1000, 999, 1000].map((ms) => rolesOf(holder, at(ms)))
  expect(roles).toEqual([[], ['moderator'], ['moderator'], []])
  expect([-1001, 0].map((ms) => nextEndOf(holder, at(ms)))).toEqual([null, at(1000)])
})

it('gives a role without an end for ever, and one that two grants name once', () => {
  const grants = [memberGrant(at(-1000)), moderator(), moderator({ until: null })]
  expect(rolesOf({ grants, factors } as never, now)).toEqual(['member', 'moderator'])
  expect(rolesOf({ grants, factors } as never, new Date('2126-03-01'))).toEqual(['member', 'moderator'])
})

it('gives a role of the staff to nobody without a second factor', () => {
  const grants = [memberGrant(at(-1000)), moderator()]
  const all = [undefined, { totp: { confirmedAt: null }, passkeys: [] }, { totp: null, passkeys: [{}] }, factors]
  const roles = all.map((held) => rolesOf({ grants, factors: held } as never, now).length)
  expect(roles).toEqual([1, 1, 2, 2])
})

it('gives nothing without grants', () => expect(rolesOf({ grants: [] }, now)).toEqual([]))

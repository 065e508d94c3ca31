import { memberGrant, type RoleGrant, rolesOf } from './role-grants.js'

const now = new Date('2026-03-01T12:00:00Z')
const at = (ms: number) => new Date(now.getTime() + ms)
const moderator = (changes: Partial<RoleGrant> = {}): RoleGrant => ({
  role: 'moderator',
  by: '01931f3e-0000-7000-8000-000000000001',
  since: at(-1000),
  until: at(1000),
  ...changes,
})

it('gives the role that a grant names from its first moment to the one before its end', () => {
  const holder = { grants: [moderator()] }
  const roles = [-1001, -1000, 999, 1000].map((ms) => rolesOf(holder, at(ms)))
  expect(roles).toEqual([[], ['moderator'], ['moderator'], []])
})

it('gives a role without an end for ever, and one that two grants name once', () => {
  const grants = [memberGrant(at(-1000)), moderator(), moderator({ until: null })]
  expect(rolesOf({ grants }, now)).toEqual(['member', 'moderator'])
  expect(rolesOf({ grants }, new Date('2126-03-01'))).toEqual(['member', 'moderator'])
})

it('gives nothing without grants', () => expect(rolesOf({ grants: [] }, now)).toEqual([]))

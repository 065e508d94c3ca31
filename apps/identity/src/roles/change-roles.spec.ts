import { changeRoles, heldRoles } from './change-roles.js'
import { FactorMissingError, RoleEndRefusedError } from './role.errors.js'
import { memberGrant, rolesOf } from './role-grants.js'

const now = new Date('2026-03-01T12:00:00Z')
const after = (days: number) => new Date(now.getTime() + days * 86_400_000)
const by = { by: '01931f3e-0000-7000-8000-000000000009', why: 'joined the team' }
const id = '01931f3e-0000-7000-8000-000000000001'
const ann = { id, grants: [memberGrant(now)], rolesVersion: 0, factors: { totp: { confirmedAt: now }, passkeys: [] } }
const forEver = (role: string) => ({ role, until: null })

it('grants and takes away what is listed, and says by whom and why', () => {
  const granted = changeRoles(ann, [forEver('moderator'), forEver('support')], by, now).state
  const later = after(1)
  const { state, events } = changeRoles(granted, [forEver('support')], { ...by, why: 'left' }, later)
  expect([rolesOf(granted, now), rolesOf(state, later)]).toEqual([
    ['member', 'moderator', 'support'],
    ['member', 'support'],
  ])
  expect(state.grants[1]).toMatchObject({ ...by, role: 'moderator', until: later, ended: { ...by, why: 'left' } })
  expect(events).toEqual([expect.objectContaining({ data: { accountId: id, rolesVersion: 2 } })])
})

it('changes nothing the second time', () => {
  const granted = changeRoles(ann, [forEver('analyst')], by, now).state
  expect(changeRoles(granted, heldRoles(granted, after(1)), by, after(1)).changed).toBe(false)
  expect(changeRoles(ann, [], by, now).changed).toBe(false)
})

it('lets a contractor’s role end within a year, and none before it begins', () => {
  const grant = (role: string, until: Date | null) => () => changeRoles(ann, [{ role, until }], by, now)
  expect(grant('contractor', after(365))().changed).toBe(true)
  for (const refused of [grant('contractor', null), grant('contractor', after(366)), grant('support', now)])
    expect(refused).toThrow(RoleEndRefusedError)
})

it('grants to nobody without a second factor, and takes away all the same', () => {
  const without = { ...changeRoles(ann, [forEver('operator')], by, now).state, factors: { totp: null, passkeys: [] } }
  expect(() => changeRoles(without, [...heldRoles(without, now), forEver('support')], by, now)).toThrow(
    FactorMissingError,
  )
  expect(changeRoles(without, [], by, now).state.grants[1]!.until).toEqual(now)
})

it('remembers twenty grants that ended', () => {
  let state = ann
  for (let day = 1; day < 60; day++)
    state = changeRoles(state, day % 2 ? [forEver('support')] : [], by, after(day)).state
  expect([state.grants.length, state.rolesVersion]).toEqual([22, 59])
})

import { gateway, identity, profiles } from '@mpics/contracts'
import type { Envelope, EventDefinition } from '@mpics/contracts'
import type { Restores } from '@mpics/mongo'
import { isLost } from './lost-events.js'

const [backupAt, restoredAt] = [new Date('2027-03-01T02:00:00Z'), new Date('2027-03-01T09:00:00Z')]
const restores = { any: true, isLost: (at: Date) => backupAt < at && at <= restoredAt } as Restores

const told = (event: EventDefinition, at: string, data: object = {}) =>
  isLost(restores, event, { time: `2027-03-01T${at}:00Z`, data: { ...event.example, ...data } } as Envelope)

it.each([
  ['of before the backup', told(profiles.followStarted, '02:00'), false],
  ['between the backup and the restore', told(profiles.followStarted, '02:01'), true],
  ['of the moment of the restore', told(profiles.followStarted, '09:00'), true],
  ['of after it', told(profiles.followStarted, '09:01'), false],
  ['of a view', told(gateway.pageViewRecorded, '05:00'), false],
  ['of a consent that was given', told(identity.consentChanged, '05:00', { granted: true }), true],
  ['of one that was withdrawn', told(identity.consentChanged, '05:00', { granted: false }), false],
])('a fact %s is lost: %s', (_, lost, wanted) => expect(lost).toBe(wanted))

it('nothing is lost where nothing was restored', () => {
  expect(isLost(undefined, profiles.followStarted, { time: restoredAt.toISOString() } as Envelope)).toBe(false)
})

import { viewTotalUpdated } from '../analytics/events.js'
import type { EventDefinition } from '../define/define-event.js'
import type { Purpose } from '../define/field.js'
import type { ServiceName } from '../define/services.js'
import {
  accountRegistered,
  consentChanged,
  passwordChanged,
  passwordResetRequested,
  policyPublished,
  sessionOpened,
  sessionRevoked,
  verificationRequested,
} from '../identity/events.js'
import { photoRejected, photoUploaded } from '../media/events.js'
import { followEnded, followStarted } from '../profiles/events.js'
import { pageViewRecorded } from '../gateway/events.js'

export interface Consumption {
  readonly service: ServiceName
  readonly event: EventDefinition
  /** File name of the reaction in the service's `consumers` folder. */
  readonly reaction: string
  /** `natural`: guarded by the sequence or offset; `once`: an inbox entry around an outside effect. */
  readonly idempotence: 'natural' | 'once'
  readonly delivery: 'shared' | 'every-replica'
  /** Why it reads traffic; without a purpose of B14 it is given no right to. */
  readonly purpose?: Purpose
}

const shared = (
  service: ServiceName,
  event: EventDefinition,
  reaction: string,
  idempotence: Consumption['idempotence'] = 'natural',
): Consumption => ({
  service,
  event,
  reaction,
  idempotence,
  delivery: 'shared',
})

const everyReplica = (service: ServiceName, event: EventDefinition, reaction: string): Consumption => ({
  ...shared(service, event, reaction),
  delivery: 'every-replica',
})

/** Who reacts to what; compared with the handlers that exist, and the source of the read rights on the bus. */
export const consumers: readonly Consumption[] = [
  shared('identity', passwordChanged, 'end-sessions-on-password-change'),
  shared('profiles', accountRegistered, 'create-profile-on-registration'),
  shared('media', photoUploaded, 'make-renditions-on-upload'),
  shared('media', followStarted, 'admit-follower-on-follow'),
  shared('media', followEnded, 'dismiss-follower-on-unfollow'),
  shared('media', viewTotalUpdated, 'rank-photo-on-view-total'),
  shared('notifications', verificationRequested, 'mail-verification-on-request'),
  shared('notifications', passwordResetRequested, 'mail-password-reset-on-request'),
  shared('notifications', passwordChanged, 'mail-notice-on-password-change'),
  shared('notifications', sessionOpened, 'mail-notice-on-new-device'),
  shared('notifications', consentChanged, 'mirror-consent-on-change'),
  shared('notifications', followStarted, 'mail-photographer-on-follow'),
  shared('notifications', photoRejected, 'mail-owner-on-rejection'),
  { ...shared('analytics', pageViewRecorded, 'count-page-views'), purpose: 'trend-analysis' },
  everyReplica('gateway', sessionRevoked, 'refuse-tokens-on-revocation'),
  everyReplica('gateway', policyPublished, 'link-policy-on-publication'),
]

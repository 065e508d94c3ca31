import {
  erasureCompleted as analyticsErasureCompleted,
  exportPartReady as analyticsExportPart,
  viewTotalUpdated,
} from '../analytics/events.js'
import type { EventDefinition } from '../define/define-event.js'
import type { Purpose } from '../define/field.js'
import type { ServiceName } from '../define/services.js'
import { vocabularyOf } from '../define/vocabulary.js'
import {
  accountErased,
  accountLocked,
  accountRegistered,
  accountUnlocked,
  closureCancelled,
  closureRequested,
  consentChanged,
  emailChanged,
  emailChangeDropped,
  emailChangeRequested,
  emailVerified,
  erasureCompleted as identityErasureCompleted,
  exportCompleted,
  exportPartReady as identityExportPart,
  exportRequested,
  factorAdded,
  factorRecoveryAnnounced,
  factorRecoveryCancelled,
  factorRecoveryFinished,
  factorRecoveryRequested,
  factorRemoved,
  factorsGuessed,
  passwordChanged,
  passwordResetRequested,
  policyPublished,
  programTokenCreated,
  programTokenRevoked,
  rolesChanged,
  recoveryCodesMade,
  recoveryCodeUsed,
  sessionOpened,
  sessionRevoked,
  standingFacts,
  verificationRequested,
} from '../identity/events.js'
import {
  erasureCompleted as mediaErasureCompleted,
  exportPartReady as mediaExportPart,
  photoChanged,
  photoErased,
  photoPublished,
  photoRejected,
  photoRemoved,
  photoRestored,
  photoUploaded,
} from '../media/events.js'
import {
  erasureCompleted as notificationsErasureCompleted,
  exportPartReady as notificationsExportPart,
  unsubscribeRequested,
} from '../notifications/events.js'
import {
  erasureCompleted as profilesErasureCompleted,
  exportPartReady as profilesExportPart,
  followEnded,
  followStarted,
  profileChanged,
  profileVisibilityChanged,
} from '../profiles/events.js'
import { ownViewRecorded, pageViewRecorded, requestServed } from '../gateway/events.js'

export interface Consumption {
  readonly service: ServiceName
  readonly event: EventDefinition
  /** The handler's class in kebab case. Notifications derives its mail handlers from `apps/notifications/src/mails`. */
  readonly reaction: string
  /** In kebab case too: what it was called when it gave up events that may still be replayed. */
  readonly formerly?: readonly string[]
  /** `natural`: guarded by the sequence or offset; `once`: an inbox entry around an outside effect. */
  readonly idempotence: 'natural' | 'once'
  readonly delivery: 'shared' | 'every-replica'
  /** Why it reads traffic; without a purpose of B14 it is given no right to. */
  readonly purpose?: Purpose
  /** By field that holds a vocabulary: what it does with a word that it does not know. */
  readonly unknownWords?: Readonly<Record<string, string>>
}

type More = Partial<Pick<Consumption, 'formerly' | 'idempotence' | 'purpose' | 'unknownWords'>>

const shared = (service: ServiceName, event: EventDefinition, reaction: string, more: More = {}): Consumption => ({
  service,
  event,
  reaction,
  idempotence: 'natural',
  delivery: 'shared',
  ...more,
})

const everyReplica = (service: ServiceName, event: EventDefinition, reaction: string, more?: More): Consumption => ({
  ...shared(service, event, reaction, more),
  delivery: 'every-replica',
})

const unread = ({ schema }: EventDefinition) =>
  Object.fromEntries(
    Object.entries(schema.shape).flatMap(([name, field]) => (vocabularyOf(field) ? [[name, 'not read']] : [])),
  )

/** Whether others may see an account. */
const hears = (service: ServiceName, reaction: string, how: typeof shared): Consumption[] =>
  standingFacts.map((fact) => how(service, fact, reaction, { unknownWords: unread(fact) }))

/** Every service with a database has its part in an erasure. */
const erases = (service: ServiceName): Consumption => shared(service, accountErased, 'erase-held-data-on-erasure')

/** What analytics counts by day; it reads neither whom nor what a fact is about. */
const communityFacts: readonly EventDefinition[] = [
  accountRegistered,
  emailVerified,
  accountErased,
  followStarted,
  followEnded,
  photoUploaded,
  photoRemoved,
  consentChanged,
]

const erasureAnswers = [
  identityErasureCompleted,
  profilesErasureCompleted,
  mediaErasureCompleted,
  notificationsErasureCompleted,
  analyticsErasureCompleted,
]
const exportParts = [
  identityExportPart,
  profilesExportPart,
  mediaExportPart,
  notificationsExportPart,
  analyticsExportPart,
]
const exporting = ['identity', 'profiles', 'media', 'notifications', 'analytics'] as const
const ofFactor: More = { unknownWords: { factor: 'not read' } }
const namesFactor: More = { unknownWords: { factor: 'told in general words' } }

const keepsLock: More = { idempotence: 'once', unknownWords: { reason: 'kept as it is' } }

/** The handlers that exist must match it, and the read rights on the bus come from it. */
export const consumers: readonly Consumption[] = [
  shared('identity', passwordChanged, 'end-sessions-on-account-change'),
  shared('identity', passwordChanged, 'end-program-tokens-on-account-change'),
  shared('identity', factorAdded, 'end-sessions-on-account-change', ofFactor),
  shared('identity', factorRemoved, 'end-sessions-on-account-change', ofFactor),
  shared('identity', factorRecoveryFinished, 'end-sessions-on-account-change'),
  shared('identity', emailVerified, 'end-links-on-verification'),
  shared('identity', emailChanged, 'settle-account-on-email-change'),
  shared('identity', emailChangeDropped, 'settle-account-on-email-change'),
  shared('identity', accountLocked, 'end-sessions-on-account-change', { unknownWords: { reason: 'not read' } }),
  shared('identity', closureRequested, 'end-sessions-on-account-change'),
  shared('identity', accountLocked, 'end-program-tokens-on-account-change', { unknownWords: { reason: 'not read' } }),
  shared('identity', closureRequested, 'end-program-tokens-on-account-change'),
  erases('identity'),
  ...erasureAnswers.map((answer) => shared('identity', answer, 'note-part-on-erasure')),
  ...exporting.map((service) => shared(service, exportRequested, 'write-part-on-export-request')),
  ...exportParts.map((part) => shared('identity', part, 'take-part-on-export-part')),
  shared('identity', emailVerified, 'ask-proof-after-restore', { idempotence: 'once' }),
  shared('identity', closureRequested, 'keep-closure-after-restore', { idempotence: 'once' }),
  shared('identity', closureCancelled, 'keep-closure-after-restore', { idempotence: 'once' }),
  shared('identity', accountLocked, 'keep-lock-after-restore', keepsLock),
  shared('identity', accountUnlocked, 'keep-lock-after-restore', keepsLock),
  shared('identity', passwordChanged, 'end-password-after-restore', { idempotence: 'once' }),
  shared('identity', rolesChanged, 'end-roles-after-restore', { idempotence: 'once' }),
  shared('identity', consentChanged, 'keep-withdrawn-after-restore', {
    unknownWords: { purpose: 'passed over: nobody can have used it' },
  }),
  shared('identity', unsubscribeRequested, 'withdraw-consent-on-unsubscribe', {
    unknownWords: { purpose: 'passed over: there is no such consent here' },
  }),
  shared('profiles', accountRegistered, 'create-profile-on-registration', { unknownWords: { locale: 'not read' } }),
  ...hears('profiles', 'hide-account-on-change', shared),
  erases('profiles'),
  shared('media', photoUploaded, 'make-renditions-on-upload', {
    unknownWords: { contentType: 'not read: the bytes themselves tell' },
  }),
  ...hears('media', 'hide-account-on-change', shared),
  shared('media', followStarted, 'admit-follower-on-follow'),
  shared('media', followEnded, 'dismiss-follower-on-unfollow'),
  shared('media', viewTotalUpdated, 'rank-photo-on-view-total'),
  erases('media'),
  shared('notifications', verificationRequested, 'mail-verification-on-request'),
  shared('notifications', passwordResetRequested, 'mail-password-reset-on-request'),
  shared('notifications', emailChangeRequested, 'mail-both-addresses-on-email-change-request'),
  shared('notifications', emailChanged, 'mail-notice-on-email-change'),
  shared('notifications', passwordChanged, 'mail-notice-on-password-change'),
  shared('notifications', closureRequested, 'mail-notice-on-closure'),
  shared('notifications', closureCancelled, 'mail-notice-on-restoration'),
  shared('notifications', accountLocked, 'mail-notice-on-lock', { unknownWords: { reason: 'told in general words' } }),
  shared('notifications', accountUnlocked, 'mail-notice-on-unlock', { unknownWords: { reason: 'not read' } }),
  shared('notifications', factorAdded, 'mail-notice-on-factor-added', namesFactor),
  shared('notifications', factorRemoved, 'mail-notice-on-factor-removed', namesFactor),
  shared('notifications', factorsGuessed, 'mail-notice-on-guessed-factors'),
  shared('notifications', recoveryCodesMade, 'mail-notice-on-recovery-codes'),
  shared('notifications', recoveryCodeUsed, 'mail-notice-on-recovery-code'),
  shared('notifications', factorRecoveryRequested, 'mail-factor-recovery-on-request'),
  shared('notifications', factorRecoveryAnnounced, 'mail-notice-on-factor-recovery'),
  shared('notifications', factorRecoveryCancelled, 'mail-notice-on-kept-factors'),
  shared('notifications', factorRecoveryFinished, 'mail-notice-on-lost-factors'),
  shared('notifications', sessionOpened, 'mail-notice-on-new-device'),
  shared('notifications', exportCompleted, 'mail-notice-on-export'),
  shared('notifications', programTokenCreated, 'mail-notice-on-program-token'),
  shared('notifications', rolesChanged, 'mail-notice-on-roles-changed'),
  shared('notifications', consentChanged, 'project-consent-on-change', {
    unknownWords: { purpose: 'kept, and shown by no setting' },
  }),
  shared('notifications', policyPublished, 'tell-everybody-on-publication', {
    unknownWords: { document: 'told in general words' },
  }),
  shared('notifications', emailVerified, 'tell-newcomer-on-verification'),
  shared('notifications', followStarted, 'mail-photographer-on-follow'),
  shared('notifications', photoRejected, 'mail-owner-on-rejection', {
    unknownWords: { reason: 'told in general words' },
  }),
  erases('notifications'),
  shared('analytics', pageViewRecorded, 'count-page-views', {
    purpose: 'trend-analysis',
    unknownWords: {
      loadKind: 'not counted: perhaps nobody looked',
      pageKind: 'not read',
      device: 'not read',
      botReason: 'not read',
    },
  }),
  shared('analytics', pageViewRecorded, 'log-page-views', {
    purpose: 'trend-analysis',
    unknownWords: {
      loadKind: 'kept, and shown apart from people by its name',
      pageKind: 'not read',
      device: 'kept, and shown by its name',
      botReason: 'kept, and shown apart from people by its name',
    },
  }),
  shared('analytics', requestServed, 'count-requests', { purpose: 'diagnosis' }),
  shared('analytics', ownViewRecorded, 'count-own-views', { purpose: 'trend-analysis' }),
  ...communityFacts.map((event) => shared('analytics', event, 'note-community-facts', { unknownWords: unread(event) })),
  shared('analytics', photoErased, 'erase-page-on-photo-erasure'),
  erases('analytics'),
  everyReplica('gateway', sessionRevoked, 'refuse-tokens-on-revocation'),
  everyReplica('gateway', programTokenRevoked, 'refuse-program-tokens-on-revocation'),
  everyReplica('gateway', rolesChanged, 'refuse-former-roles-on-change'),
  everyReplica('gateway', policyPublished, 'link-policy-on-publication', {
    unknownWords: { document: 'left out: no page has a place for it' },
  }),
  everyReplica('gateway', photoPublished, 'drop-answers-on-photo-change', { unknownWords: { visibility: 'not read' } }),
  everyReplica('gateway', photoChanged, 'drop-answers-on-photo-change'),
  everyReplica('gateway', photoRemoved, 'drop-answers-on-photo-change'),
  everyReplica('gateway', photoRestored, 'drop-answers-on-photo-change'),
  ...hears('gateway', 'drop-answers-on-account-change', everyReplica),
  everyReplica('gateway', accountErased, 'drop-answers-on-account-change'),
  everyReplica('gateway', profileChanged, 'drop-answers-on-profile-change'),
  everyReplica('gateway', profileVisibilityChanged, 'drop-answers-on-profile-change'),
]

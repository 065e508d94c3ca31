import type { Service } from '../environment/system/services.js'

/** A place at which a process may die between two steps that belong together. */
export interface KillPoint {
  service: Service
  point: string
  maxBefore: number
}

const at = (service: Service, point: string, maxBefore: number): KillPoint => ({ service, point, maxBefore })

/** In tests that pass several, what is passed only at the beginning of a newcomer's life comes before something else. */
export const killPoints: readonly KillPoint[] = [
  at('identity', 'consumer.beforeHandle', 1),
  at('identity', 'outbox.afterSave', 8),
  at('identity', 'consumer.afterHandle', 1),
  at('identity', 'relay.beforeSend', 4),
  at('identity', 'reset.afterSave', 1),
  at('identity', 'relay.afterSend', 4),
  at('identity', 'session.beforeInsert', 3),
  at('identity', 'session.afterInsert', 3),
  at('profiles', 'consumer.beforeHandle', 1),
  at('profiles', 'outbox.afterSave', 6),
  at('profiles', 'consumer.afterHandle', 1),
  at('profiles', 'relay.beforeSend', 3),
  at('profiles', 'relay.afterSend', 3),
  at('media', 'outbox.afterSave', 4),
  at('media', 'relay.beforeSend', 2),
  at('media', 'relay.afterSend', 2),
  at('media', 'consumer.beforeHandle', 3),
  at('media', 'consumer.afterHandle', 3),
  at('media', 'upload.afterStore', 2),
  at('media', 'renditions.afterStore', 1),
  at('notifications', 'outbox.afterSave', 2),
  at('notifications', 'relay.afterSend', 1),
  at('notifications', 'consumer.beforeHandle', 4),
  at('notifications', 'consumer.afterHandle', 4),
  at('notifications', 'mail.beforeSend', 2),
  at('notifications', 'mail.afterSend', 2),
  at('notifications', 'deadLetter.afterSend', 0),
  at('analytics', 'outbox.afterSave', 1),
  at('analytics', 'relay.afterSend', 1),
  at('analytics', 'consumer.afterHandle', 1),
  at('analytics', 'transaction.beforeCommit', 1),
  at('analytics', 'transaction.afterCommit', 1),
]

/** Somebody has to change an account for each of them, so that it is passed at all. */
export const accountLifePoints: readonly KillPoint[] = [
  at('identity', 'closure.afterSave', 0),
  at('identity', 'lock.afterSave', 0),
  at('identity', 'password-change.afterSave', 0),
  at('identity', 'email-change.afterSave', 0),
  at('identity', 'email-change.afterDecision', 0),
  at('identity', 'factor.afterSave', 1),
]

/** Somebody has to want all that is held about them. */
export const exportPoints: readonly KillPoint[] = [
  at('media', 'export.afterPart', 0),
  at('identity', 'export.afterPart', 0),
  at('identity', 'export.beforeJoin', 0),
  at('identity', 'export.afterJoin', 0),
]

/** Somebody has to be erased; each service passes one of them after each entry of its register. */
export const erasurePoints: readonly KillPoint[] = [
  at('identity', 'erasure.afterOpen', 0),
  at('identity', 'erasure.afterEntry', 12),
  at('identity', 'erasure.beforeNote', 4),
  at('profiles', 'erasure.afterEntry', 4),
  at('media', 'erasure.afterEntry', 6),
  at('notifications', 'erasure.afterEntry', 6),
  at('notifications', 'erasure.afterMail', 0),
  at('analytics', 'erasure.afterEntry', 6),
]

export const everyKillPoint: readonly KillPoint[] = [
  ...killPoints,
  ...accountLifePoints,
  ...exportPoints,
  ...erasurePoints,
]

export const titleOf = ({ service, point }: KillPoint): string => `${service} at ${point}`

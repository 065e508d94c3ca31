import { DAY_MS } from '@mpics/contracts/durations'
import type { Account } from './account.js'

export type AccountStatus = 'unverified' | 'active' | 'locked' | 'closing' | 'due'

/** An account whose address nobody proved is due after this time. */
export const UNVERIFIED_LIFE_MS = 7 * DAY_MS

const isPast = (time: Date | null | undefined, now: Date): boolean => time instanceof Date && time <= now

/** `due`: it waits for its erasure, and to everybody it is as an account that does not exist. */
export function statusOf(account: Account, now: Date): AccountStatus {
  const { closure, lock } = account
  if (account.erasure) return 'due'
  if (isPast(closure?.erasesAt, now) || isPast(lock?.dueAt, now) || isOverdue(account, now)) return 'due'
  if (lock) return 'locked'
  if (closure) return 'closing'
  return account.emailVerifiedAt ? 'active' : 'unverified'
}

export const isOverdue = ({ emailVerifiedAt, registeredAt }: Account, now: Date): boolean =>
  emailVerifiedAt === null && registeredAt.getTime() + UNVERIFIED_LIFE_MS <= now.getTime()

/** From the first moment of a closing or a lock nobody else sees what belongs to the account. */
export const isHidden = ({ closure, lock }: Pick<Account, 'closure' | 'lock'>): boolean =>
  closure !== null || lock !== null

import type { ApiAnswer, identity } from '@mpics/contracts'
import type { Account } from '../accounts/account.js'

const told = (time: Date | null): string | null => time?.toISOString() ?? null

/** For staff alone. */
export const shownLock = ({ lock, lockEntries }: Account): ApiAnswer<typeof identity.getAccountLock> => ({
  lock: lock && {
    reason: lock.reason,
    by: lock.by,
    at: lock.at.toISOString(),
    objectedAt: told(lock.objectedAt),
    approvedBy: lock.approvedBy,
    dueAt: told(lock.dueAt),
  },
  entries: lockEntries.map(({ act, reason, note, by, at }) => ({ act, reason, note, by, at: at.toISOString() })),
})

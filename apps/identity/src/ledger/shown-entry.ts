import type { ApiAnswer, identity } from '@mpics/contracts'
import type { ContentOf, LedgerEntry } from './ledger-entry.js'

/** An entry as the person gets it, with all that a check without our code needs. */
export function shownEntry(entry: LedgerEntry): ApiAnswer<typeof identity.changeConsent> {
  const { version, kind, sequence, day, previousHash, commitment, salt, payload, hash, signature, keyId } = entry
  const { purpose = null, granted = null, noticeVersion = null } = (payload ?? {}) as Partial<ContentOf['consent']>
  const { receiptId = null, changedAt = null } = payload ?? {}
  return {
    ...{ receiptId, version, kind, sequence, day, purpose, granted, noticeVersion, changedAt },
    ...{ previousHash, commitment, salt, payload, hash, signature, keyId },
  }
}

import type { ApiAnswer, identity } from '@mpics/contracts'
import { type ConsentEntry, type ConsentLedger, type ConsentPurpose, latestEntry } from './consent.js'

export function consentState(
  ledger: ConsentLedger,
  purpose: ConsentPurpose,
): ApiAnswer<typeof identity.getConsents>['items'][number] {
  const entry = latestEntry(ledger, purpose)
  return {
    purpose,
    granted: entry?.granted ?? false,
    noticeVersion: entry?.noticeVersion ?? null,
    receiptId: entry?.receiptId ?? null,
    changedAt: entry?.changedAt.toISOString() ?? null,
  }
}

export const receiptOf = ({ accountId: _, ...entry }: ConsentEntry): ApiAnswer<typeof identity.changeConsent> => ({
  ...entry,
  changedAt: entry.changedAt.toISOString(),
})

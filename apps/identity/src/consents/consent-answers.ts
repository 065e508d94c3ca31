import type { ApiAnswer, changeConsent, getConsents } from '@mpics/contracts'
import { type ConsentEntry, type ConsentLedger, type ConsentPurpose, latestEntry } from './consent.js'

export function consentState(
  ledger: ConsentLedger,
  purpose: ConsentPurpose,
): ApiAnswer<typeof getConsents>['items'][number] {
  const entry = latestEntry(ledger, purpose)
  return {
    purpose,
    granted: entry?.granted ?? false,
    noticeVersion: entry?.noticeVersion ?? null,
    receiptId: entry?.receiptId ?? null,
    changedAt: entry?.changedAt.toISOString() ?? null,
  }
}

export const receiptOf = ({ accountId: _, ...entry }: ConsentEntry): ApiAnswer<typeof changeConsent> => ({
  ...entry,
  changedAt: entry.changedAt.toISOString(),
})

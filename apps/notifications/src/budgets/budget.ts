import { HOUR_MS } from '@mpics/contracts/durations'

export interface Slot {
  emailId: string
  accountId: string | null
  at: Date
}

/** Slots tell also which mails others have replaced, and those wait for an hour. */
export const RETENTION_MS = 2 * HOUR_MS

/** `freeAt`: when a mail may be tried again for which there is no place. */
export type Share = { slots: Slot[] } | { freeAt: Date }

/** Takes a place among those of an hour. A mail that has one keeps it, however often it is tried. */
export function takeSlot(slots: readonly Slot[], slot: Slot, max: number): Share {
  const kept = slots.filter(({ at }) => slot.at.getTime() - at.getTime() < RETENTION_MS)
  const recent = kept.filter(({ at }) => slot.at.getTime() - at.getTime() < HOUR_MS)
  if (recent.some(({ emailId }) => emailId === slot.emailId)) return { slots: kept }
  const blocking = recent.at(-max)
  return blocking ? { freeAt: new Date(blocking.at.getTime() + HOUR_MS) } : { slots: [...kept, slot] }
}

import type { identity } from '@mpics/contracts'
import type { z } from 'zod'
import type { ConsentPurpose } from './consent.js'

export interface UseFacts {
  /** The stored answer to the general question; null: never asked. */
  choice: boolean | null
  /** The stored answer about one recipient, where there is one. */
  recipientChoice?: boolean | null
  /** The request says `Sec-GPC: 1`. */
  gpc: boolean
}

export interface UseDecision {
  allowed: boolean
  reason: z.output<typeof identity.useReason>
}

/** Global Privacy Control speaks of sharing and of what is chosen by it, not of mails that somebody asked for. */
const OF_GPC: ReadonlySet<ConsentPurpose> = new Set(['third-party-sharing', 'personalised-ads'])

/** An answer about the recipient counts first, then the general answer, then the browser's signal; silence allows nothing. */
export function mayUse(purpose: ConsentPurpose, { choice, recipientChoice = null, gpc }: UseFacts): UseDecision {
  if (recipientChoice !== null) return { allowed: recipientChoice, reason: 'recipient-choice' }
  if (choice !== null) return { allowed: choice, reason: 'choice' }
  if (gpc && OF_GPC.has(purpose)) return { allowed: false, reason: 'global-privacy-control' }
  return { allowed: false, reason: 'default' }
}

/** Only the value 1 is a signal (Global Privacy Control, §3.2). */
export const isOptOutSignal = (header: string | undefined): boolean => header === '1'

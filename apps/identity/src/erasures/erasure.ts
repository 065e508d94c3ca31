import { decide, type Decision, unchanged } from '@mpics/contracts'
import type { LockEntry } from '../accounts/account-life.js'
import { mailFrom, type LastMail } from './last-mail.js'

/** The services that hold something of people: each of them answers. */
export const ERASING_SERVICES = ['identity', 'profiles', 'media', 'notifications', 'analytics'] as const
export type ErasingService = (typeof ERASING_SERVICES)[number]

export interface ErasedPart {
  service: ErasingService
  documents: number
  objects: number
  finishedAt: Date
}

/** What staff did before, without who did it (B61: a ledger of action). */
export type ErasureAct = Pick<LockEntry, 'act' | 'reason' | 'at'>

export type ErasureCause = 'closed' | 'locked' | 'unverified'

/** Names nobody: the account's random id is held as a hash only, and the address sealed until the last mail is sent. */
export interface Erasure {
  id: string
  accountHash: string
  cause: ErasureCause
  acts: readonly ErasureAct[]
  begunAt: Date
  parts: readonly ErasedPart[]
  finishedAt: Date | null
  /** A signed statement of what was erased. */
  receipt: string | null
  mail: LastMail | null
}

export interface ErasureReceipt {
  erasureId: string
  accountHash: string
  begunAt: string
  finishedAt: string
  /** Until then topics may hold ids of the account. */
  lastTraceAt: string
  parts: { service: ErasingService; documents: number; objects: number }[]
}

export interface Closing {
  lastTraceMs: number
  sign: (receipt: ErasureReceipt) => string
}

export const openErasure = (
  begun: Pick<Erasure, 'id' | 'accountHash' | 'cause' | 'acts'> & { sealed: string | null },
  now: Date,
): Decision<Erasure> => {
  const { sealed, ...rest } = begun
  const mail = sealed === null ? null : mailFrom(sealed, now)
  return decide({ ...rest, begunAt: now, parts: [], finishedAt: null, receipt: null, mail })
}

/** An answer counts once. The last one closes the erasure. */
export function notePart(erasure: Erasure, part: ErasedPart, closing: Closing): Decision<Erasure> {
  if (erasure.parts.some(({ service }) => service === part.service)) return unchanged(erasure)
  const parts = [...erasure.parts, part]
  const missing = ERASING_SERVICES.filter((service) => !parts.some((known) => known.service === service))
  const noted = { ...erasure, parts }
  return decide(missing.length === 0 ? closed(noted, part.finishedAt, closing) : noted)
}

function closed(erasure: Erasure, now: Date, { sign, lastTraceMs }: Closing): Erasure {
  return { ...erasure, finishedAt: now, receipt: sign(receiptOf(erasure, now, lastTraceMs)) }
}

export const lastTraceOf = (finishedAt: Date, lastTraceMs: number): Date => new Date(finishedAt.getTime() + lastTraceMs)

const receiptOf = (
  { id, accountHash, begunAt, parts }: Erasure,
  finishedAt: Date,
  lastTraceMs: number,
): ErasureReceipt => ({
  erasureId: id,
  accountHash,
  begunAt: begunAt.toISOString(),
  finishedAt: finishedAt.toISOString(),
  lastTraceAt: lastTraceOf(finishedAt, lastTraceMs).toISOString(),
  parts: parts.map(({ service, documents, objects }) => ({ service, documents, objects })),
})

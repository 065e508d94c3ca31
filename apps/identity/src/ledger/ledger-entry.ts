/** What somebody was shown when they answered. */
export interface ServedForm {
  /** Of the token, which is good for one entry. */
  id: string
  language: string
  textVersion: string
  textHash: string
  choices: { granted: boolean; label: string }[]
  shownAt: string
}

/** What an entry says, by its kind. Whoever adds a kind adds it here. */
export interface ContentOf {
  consent: { purpose: string; granted: boolean; noticeVersion: string; surface?: string; served?: ServedForm | null }
  notice: { document: string; noticeVersion: string }
  disclosure: { recipient: string; ground: string; fields: string[]; noticeVersion: string }
  look: { staffId: string; reason: string; fields: string[]; noticeVersion: string }
  /** Says nothing, so that nothing of whom it was stays. */
  erasure: Record<never, never>
}

export type LedgerKind = keyof ContentOf

/** The person, and when it was; the time never goes back within a ledger. */
export interface Said {
  accountId: string
  receiptId: string
  changedAt: string
}

export interface EntryOf<K extends LedgerKind> {
  /** 1 hashes what it says itself; 2 hashes a salted commitment to it, which says nothing once salt and payload are gone. */
  version: 1 | 2
  kind: K
  sequence: number
  day: string
  previousHash: string | null
  commitment: string | null
  salt: string | null
  /** Null in an erasure, and in everything before one. */
  payload: (Said & ContentOf[K]) | null
  hash: string
  signature: string
  keyId: string
}

export type LedgerEntry = { [K in LedgerKind]: EntryOf<K> }[LedgerKind]

/** What happened to a person, oldest first. Entries never change; an erasure is the last one. */
export interface PersonLedger {
  id: string
  entries: LedgerEntry[]
}

export type Sign = (hash: string) => { signature: string; keyId: string }
export type CheckSignature = (entry: Pick<LedgerEntry, 'hash' | 'signature' | 'keyId'>) => boolean

export const emptyLedger = (accountId: string): PersonLedger => ({ id: accountId, entries: [] })

export const isErased = ({ entries }: PersonLedger): boolean => entries.at(-1)?.kind === 'erasure'

export const entriesOf = <K extends LedgerKind>({ entries }: PersonLedger, kind: K): EntryOf<K>[] =>
  entries.filter((entry): entry is LedgerEntry & EntryOf<K> => entry.kind === kind)

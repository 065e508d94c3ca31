import { appendFileSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

export type Command =
  | { kind: 'register'; handle: string; email: string; fullName: string }
  | { kind: 'verify'; handle: string }
  | { kind: 'log-in'; handle: string }
  | { kind: 'log-off'; sessionId: string }
  | { kind: 'request-reset'; accountId: string }
  | { kind: 'reset-password'; accountId: string }
  | { kind: 'follow' | 'unfollow'; followerId: string; followedId: string }
  | { kind: 'consent'; accountId: string; purpose: string; granted: boolean }
  | { kind: 'mail-setting'; accountId: string; follows: string }
  | { kind: 'visibility'; accountId: string; bio: string }
  | { kind: 'upload'; ownerId: string; title: string; damaged: boolean }
  | { kind: 'retitle'; ownerId: string; photoId: string; title: string }
  | { kind: 'remove'; ownerId: string; photoId: string }
  | { kind: 'view'; page: string }
  | AccountCommand

/** Moves the credentials, so that sessions end: all, or but the acting one. */
export type MovingKind = 'close-account' | 'lock' | 'drop-address' | 'reset-password' | ActingKind
type ActingKind = 'change-password' | 'confirm-address' | 'add-factor' | 'remove-factor'

/** One member for each kind. */
type About<K extends string, More = object> = K extends string ? { kind: K; accountId: string } & More : never

export type AccountCommand =
  | About<'close-account' | 'restore-account' | 'lock' | 'unlock' | 'freeze-address' | 'drop-address'>
  | About<'change-password' | 'add-factor' | 'remove-factor', { sessionId: string }>
  | About<'request-address', { email: string }>
  | About<'confirm-address', { sessionId: string; email: string }>
  | About<'begin-factor' | 'prove' | 'make-recovery-codes' | 'use-recovery-code' | 'create-token'>
  | About<'request-export'>
  | About<'read-export', OpenedExport & { exportId: string }>
  | About<'erase-account', { handle: string }>
  | About<'revoke-token', { tokenId: string }>

/** What an export turned out to be, once it was opened. */
export interface OpenedExport {
  /** Those with a part in it. */
  services: string[]
  photoIds: string[]
  /** Files that are not as the manifest says, that it says nothing of, or that it misses. */
  broken: string[]
}

export type Outcome = 'acknowledged' | 'refused' | 'unknown'

/** One request for a command. A request without an answer may have its effect, even later. */
export interface Attempt {
  /** The same for all attempts at one command; grows with time. */
  command: number
  asked: Command
  outcome: Outcome
  /** HTTP status; 0 without an answer. */
  status: number
  /** Id in the answer: of an account, a photo, a session, a receipt. */
  id?: string
  /** Why there was no answer. */
  why?: string
}

/** Keeps every request and answer in memory and, to look into a failure, as lines of JSON. */
export class History {
  readonly attempts: Attempt[] = []
  /** Answers that no fault explains: anything but an answer, 503 or silence. */
  readonly surprises: string[] = []
  private commands = 0

  constructor(readonly file: string) {
    mkdirSync(dirname(file), { recursive: true })
  }

  newCommand(): number {
    return ++this.commands
  }

  add(attempt: Attempt): void {
    this.attempts.push(attempt)
    appendFileSync(this.file, `${JSON.stringify({ at: new Date().toISOString(), ...attempt })}\n`)
  }

  surprised(what: string): void {
    this.surprises.push(what)
    appendFileSync(this.file, `${JSON.stringify({ at: new Date().toISOString(), surprise: what })}\n`)
  }

  /** Records a deed of the test itself, past the gateway. */
  assume(asked: Command): void {
    this.add({ command: this.newCommand(), asked, outcome: 'acknowledged', status: 202 })
  }

  get acknowledged(): number {
    return this.attempts.filter(({ outcome }) => outcome === 'acknowledged').length
  }
}

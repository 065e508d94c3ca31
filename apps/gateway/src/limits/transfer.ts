import { DomainError } from '@mpics/contracts'

/**
 * `body`: the gateway reads a body whole; `upload`: one goes on to its service as it comes in; `picture`: bytes that a service
 * sends as the client takes them; `answer`: anything else, from the gateway's memory.
 */
export type TransferKind = 'body' | 'upload' | 'picture' | 'answer'

export interface Transfer {
  readonly kind: TransferKind
  readonly key: string
  readonly moved: () => number
  readonly isAwaited: () => boolean
  readonly end: () => void
}

const KIB = 1024

interface Rule {
  /** Of one client. Beyond it the transfer that stalls longest makes room, or else the new one is refused. */
  readonly perClient: number
  /** Of all clients. From here on the one that stalls longest makes room, or else the slowest of whoever has most places. */
  readonly crowded: number
  readonly inAll: number
  /** Fewer bytes within this time end a transfer. */
  readonly windowMs: number
  readonly leastBytes: number
}

/** A system buffers up to seconds of an answer, so that a slow client seems to take nothing for a while, and then much. */
const taking = { windowMs: 30_000, leastBytes: 30 * KIB }

export const transferRules: Readonly<Record<TransferKind, Rule>> = {
  body: { perClient: 32, crowded: 256, inAll: 512, windowMs: 5_000, leastBytes: 5 * KIB },
  upload: { perClient: 4, crowded: 32, inAll: 128, windowMs: 10_000, leastBytes: 80 * KIB },
  picture: { perClient: 64, crowded: 128, inAll: 640, ...taking },
  answer: { perClient: 64, crowded: 256, inAll: Infinity, ...taking },
}

export class TooSlowError extends DomainError {
  readonly code = 'gateway.too-slow'
  readonly kind = 'too-slow'
  constructor() {
    super('The body came too slowly, or there were too many at a time; send it again, faster.')
  }
}

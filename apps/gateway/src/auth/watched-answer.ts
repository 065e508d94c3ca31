import type { VerifiedToken } from './access-token.js'

/** With a look each half second that fails after two seconds at most: five seconds. */
const MAX_SILENCE_MS = 4_500

export interface OpenAnswer {
  readonly sessionId?: string | undefined
  /** Of a caller whose roles opened it. */
  readonly token?: VerifiedToken | undefined
  /** A client of the others opens another one at once. */
  readonly isCutOff?: boolean
  readonly end: () => void
}

/** An answer, and since when nobody could say whether it may go on. */
export class WatchedAnswer {
  private silentSince?: number

  constructor(private readonly answer: OpenAnswer) {}

  get token(): VerifiedToken {
    return this.answer.token!
  }

  end(): void {
    this.answer.end()
  }

  learn(isOver: boolean | Promise<boolean>): void {
    if (typeof isOver === 'boolean') return this.hear(isOver)
    const askedAt = performance.now()
    void isOver.then(
      (over) => this.hear(over),
      () => this.hearNothing(askedAt),
    )
  }

  private hear(isOver: boolean): void {
    this.silentSince = undefined
    if (isOver) this.end()
  }

  private hearNothing(askedAt: number): void {
    this.silentSince ??= askedAt
    if (!this.answer.isCutOff || performance.now() - this.silentSince >= MAX_SILENCE_MS) this.end()
  }
}

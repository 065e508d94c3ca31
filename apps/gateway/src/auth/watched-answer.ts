import type { VerifiedToken } from './access-token.js'

/** In a row. With a look each half second and two seconds until the first has failed: less than five seconds. */
const FAILED_LOOKS = 6

export interface OpenAnswer {
  readonly sessionId?: string | undefined
  /** Of a caller whose roles opened it. */
  readonly token?: VerifiedToken | undefined
  /** A client of the others opens another one at once. */
  readonly isCutOff?: boolean
  readonly end: () => void
}

/** An answer, and how often in a row nobody could say whether it may go on. */
export class WatchedAnswer {
  private failed = 0

  constructor(private readonly answer: OpenAnswer) {}

  get token(): VerifiedToken {
    return this.answer.token!
  }

  end(): void {
    this.answer.end()
  }

  learn(isOver: boolean | Promise<boolean>): void {
    if (typeof isOver === 'boolean') return this.hear(isOver)
    void isOver.then(
      (over) => this.hear(over),
      () => this.hearNothing(),
    )
  }

  private hear(isOver: boolean): void {
    this.failed = 0
    if (isOver) this.end()
  }

  private hearNothing(): void {
    this.failed += 1
    if (this.failed >= (this.answer.isCutOff ? FAILED_LOOKS : 1)) this.end()
  }
}

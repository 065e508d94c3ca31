import type { VerifiedToken } from '../auth/access-token.js'

export interface StreamCaller {
  /** Account or address against which the stream counts. */
  readonly key: string
  readonly sessionId?: string
  readonly token?: VerifiedToken
}

/** One open stream. Its signal aborts when the stream must end, whatever the reason. */
export class OpenStream {
  private readonly ending = new AbortController()
  private readonly expiry?: NodeJS.Timeout

  constructor(
    readonly caller: StreamCaller,
    now: number,
  ) {
    const { token } = caller
    if (token) this.expiry = setTimeout(() => this.end(), Math.max(0, token.expiresAt - now)).unref()
  }

  get signal(): AbortSignal {
    return this.ending.signal
  }

  end(): void {
    clearTimeout(this.expiry)
    this.ending.abort()
  }
}

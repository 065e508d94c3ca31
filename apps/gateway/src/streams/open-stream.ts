export interface StreamCaller {
  /** Account or address against which the stream counts. */
  readonly key: string
  readonly sessionId?: string
  /** End of the access token, in milliseconds since 1970. */
  readonly tokenExpiresAt?: number
}

/** One open stream. Its signal aborts when the stream must end, whatever the reason. */
export class OpenStream {
  private readonly ending = new AbortController()
  private readonly expiry?: NodeJS.Timeout

  constructor(
    readonly caller: StreamCaller,
    now: number,
  ) {
    const { tokenExpiresAt } = caller
    if (tokenExpiresAt !== undefined)
      this.expiry = setTimeout(() => this.end(), Math.max(0, tokenExpiresAt - now)).unref()
  }

  get signal(): AbortSignal {
    return this.ending.signal
  }

  end(): void {
    clearTimeout(this.expiry)
    this.ending.abort()
  }
}

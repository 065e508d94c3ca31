import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'

export interface WholeAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

interface Limit {
  readonly ms: number
  /** Why the exchange ends then. */
  readonly reason: () => Error
}

/** Sends a request and takes its answer whole, without the stream and the signal that undici's own `request` makes for each. */
export function exchange(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  limit: Limit,
): Promise<WholeAnswer> {
  return new Promise((resolve, reject) => void dispatcher.dispatch(options, new Exchange(resolve, reject, limit)))
}

class Exchange implements Dispatcher.DispatchHandler {
  private readonly chunks: Buffer[] = []
  private readonly timer: NodeJS.Timeout
  private status = 0
  private headers: IncomingHttpHeaders = {}
  private controller?: Dispatcher.DispatchController
  private late?: Error

  constructor(
    private readonly resolve: (answer: WholeAnswer) => void,
    private readonly reject: (error: Error) => void,
    { ms, reason }: Limit,
  ) {
    this.timer = setTimeout(() => this.giveUp(reason()), ms)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller
    if (this.late) controller.abort(this.late)
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    this.status = status
    this.headers = headers
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.chunks.push(chunk)
  }

  onResponseEnd(): void {
    clearTimeout(this.timer)
    const { status, headers, chunks } = this
    const [only] = chunks
    this.resolve({ status, headers, body: only && chunks.length === 1 ? only : Buffer.concat(chunks) })
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    clearTimeout(this.timer)
    this.reject(error)
  }

  /** Whoever asked hears of it at once, also while the request waits for a connection. */
  private giveUp(reason: Error): void {
    this.late = reason
    this.reject(reason)
    this.controller?.abort(reason)
  }
}

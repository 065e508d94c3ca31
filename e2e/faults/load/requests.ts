import { setTimeout as delay } from 'node:timers/promises'
import { ApiClient } from '@mpics/api-client'
import type { Command, History, Outcome } from '../evidence/history.js'

export interface Request {
  method: string
  path: string
  token?: string
  body?: unknown
  form?: () => FormData
  headers?: Record<string, string>
  /** An Idempotency-Key, renewed when the request that had it died with its process. */
  key?: () => string
}

export interface Reply {
  status: number
  // a client without generated types reads answers so
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any
}

export interface Pace {
  /** Milliseconds for which it repeats a command. */
  timeoutMs: number
  againMs: number
}

/** No answer, or one that does not tell whether the command had its effect. */
const isOpen = ({ status, body }: Reply) =>
  status === 0 || status >= 500 || (status === 409 && body?.code === 'idempotency-in-progress')

/** A client may meet these while something is away (P5). */
const isExplained = (reply: Reply) => reply.status === 0 || reply.status === 503 || reply.status === 409

class GaveUpError extends Error {}

/** Repeats a request until an answer settles it, and writes each attempt into the history. */
export class Requests {
  private readonly api: ApiClient

  constructor(
    url: string,
    private readonly history: History,
    private readonly pace: Pace = { timeoutMs: 240_000, againMs: 200 },
  ) {
    this.api = new ApiClient(url)
  }

  /** `accept`: refusals that settle the command too. */
  async command(asked: Command, request: Request, idOf?: (body: Reply['body']) => string, accept: number[] = []) {
    const command = this.history.newCommand()
    return this.untilAnswered(request, accept, (reply) => {
      const outcome = outcomeOf(reply)
      const id = outcome === 'acknowledged' ? idOf?.(reply.body) : undefined
      const why = reply.status === 0 ? (reply.body as string) : undefined
      this.history.add({ command, asked, outcome, status: reply.status, ...(id && { id }), ...(why && { why }) })
    })
  }

  /** Records what a read has shown. */
  saw(asked: Command): void {
    this.history.assume(asked)
  }

  /** A read changes nothing, so the history leaves it out. */
  async read(path: string, token?: string, accept: number[] = []): Promise<Reply> {
    return this.untilAnswered({ method: 'GET', path, token }, accept, () => undefined)
  }

  private async untilAnswered(request: Request, accept: number[], attempted: (reply: Reply) => void): Promise<Reply> {
    const until = performance.now() + this.pace.timeoutMs
    let key = request.key?.()
    for (;;) {
      const reply = await this.once(request, key)
      attempted(reply)
      if (isOpen(reply) && !isExplained(reply))
        this.history.surprised(`${request.method} ${request.path}: ${JSON.stringify(reply)}`)
      if (reply.status >= 200 && reply.status < 300) return reply
      if (!isOpen(reply) && accept.includes(reply.status)) return reply
      if (!isOpen(reply)) throw new Error(`${request.method} ${request.path}: ${JSON.stringify(reply)}`)
      if (performance.now() > until)
        throw new GaveUpError(`${request.method} ${request.path} has no answer yet: ${JSON.stringify(reply)}`)
      if (reply.status === 409) key = request.key?.()
      await delay(this.pace.againMs)
    }
  }

  private async once({ method, path, token, body, form, headers }: Request, key?: string): Promise<Reply> {
    try {
      return await this.api.send({
        method,
        path,
        token,
        headers: { ...(key && { 'idempotency-key': key }), ...headers },
        body: form?.() ?? (body === undefined ? undefined : JSON.stringify(body)),
      })
    } catch (error) {
      const { message, cause } = error as Error
      return { status: 0, body: `${message}: ${String(cause)}` }
    }
  }
}

function outcomeOf(reply: Reply): Outcome {
  if (reply.status >= 200 && reply.status < 300) return 'acknowledged'
  return isOpen(reply) ? 'unknown' : 'refused'
}

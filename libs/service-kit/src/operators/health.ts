import { Injectable } from '@nestjs/common'

const CHECK_MS = 2_000

/** Throws a sentence that says what is wrong; may return a remark although all is well enough. */
export type Check = () => string | void | Promise<string | void>

export interface HealthReport {
  ok: boolean
  /** For each check `ok`, the fault, or the remark. */
  checks: Record<string, string>
}

/** Says whether the process needs a restart (liveness) and whether it can serve now (readiness). */
@Injectable()
export class Health {
  private readonly vital = new Map<string, Check>()
  private readonly needed = new Map<string, Check>()
  private stopping = false

  /** A failure means that the process is beyond help. */
  addLiveness(name: string, check: Check): void {
    this.vital.set(name, check)
  }

  /** A failure means that the process can serve nothing now. */
  addReadiness(name: string, check: Check): void {
    this.needed.set(name, check)
  }

  beginStopping(): void {
    this.stopping = true
  }

  live(): Promise<HealthReport> {
    return report(this.vital)
  }

  async ready(): Promise<HealthReport> {
    if (this.stopping) return { ok: false, checks: { service: 'stopping' } }
    return report(this.needed)
  }
}

async function report(checks: ReadonlyMap<string, Check>): Promise<HealthReport> {
  const results = await Promise.all([...checks].map(async ([name, check]) => ({ name, ...(await resultOf(check)) })))
  return {
    ok: results.every(({ ok }) => ok),
    checks: Object.fromEntries(results.map(({ name, said }) => [name, said])),
  }
}

async function resultOf(check: Check): Promise<{ ok: boolean; said: string }> {
  const late = AbortSignal.timeout(CHECK_MS)
  try {
    const note = await Promise.race([
      check(),
      new Promise<never>((_, reject) =>
        late.addEventListener('abort', () => reject(new Error(`no answer within ${CHECK_MS} ms`))),
      ),
    ])
    return { ok: true, said: note ?? 'ok' }
  } catch (error) {
    return { ok: false, said: (error as Error).message }
  }
}

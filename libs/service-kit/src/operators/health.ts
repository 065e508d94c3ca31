import { Injectable } from '@nestjs/common'

const CHECK_MS = 2_000

export type Check = () => void | Promise<void>

export interface HealthReport {
  ok: boolean
  /** For each check `ok`, or what is wrong. */
  checks: Record<string, string>
}

/** Whether the process should be restarted (liveness) and whether it can serve now (readiness). */
@Injectable()
export class Health {
  private readonly vital = new Map<string, Check>()
  private readonly needed = new Map<string, Check>()
  private stopping = false

  /** The process is beyond help when this fails. */
  addLiveness(name: string, check: Check): void {
    this.vital.set(name, check)
  }

  /** Nothing can be served while this fails. */
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
  const results = await Promise.all([...checks].map(async ([name, check]) => [name, await resultOf(check)] as const))
  return { ok: results.every(([, result]) => result === 'ok'), checks: Object.fromEntries(results) }
}

async function resultOf(check: Check): Promise<string> {
  const late = AbortSignal.timeout(CHECK_MS)
  try {
    await Promise.race([
      check(),
      new Promise((_, reject) =>
        late.addEventListener('abort', () => reject(new Error(`no answer within ${CHECK_MS} ms`))),
      ),
    ])
    return 'ok'
  } catch (error) {
    return (error as Error).message
  }
}

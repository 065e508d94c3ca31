import { Injectable } from '@nestjs/common'

const MAX_ACCOUNTS = 50_000
const GRACE_MS = 60_000

interface Known {
  version: number
  /** After it no token of a former version could be good. */
  until: number
}

/** The versions of roles that changed while an access token of a former one could still be good. */
@Injectable()
export class RolesVersions {
  private readonly known = new Map<string, Known>()
  private readonly listeners: ((accountId: string) => void)[] = []
  private incompleteUntil = 0

  onChanged(listener: (accountId: string) => void): void {
    this.listeners.push(listener)
  }

  note(accountId: string, version: number, tokensExpireAt: number): void {
    const before = this.known.get(accountId)
    if (before && before.version >= version) return
    this.known.delete(accountId)
    this.known.set(accountId, { version, until: tokensExpireAt + GRACE_MS })
    for (const listener of this.listeners) listener(accountId)
    this.forgetOldest()
  }

  isFormer(accountId: string, version: number): boolean {
    const known = this.known.get(accountId)
    return known !== undefined && version < known.version && known.until >= Date.now()
  }

  /** False after more changes than fit in memory: of other accounts than these, only identity knows. */
  get isComplete(): boolean {
    return this.incompleteUntil < Date.now()
  }

  private forgetOldest(): void {
    const now = Date.now()
    for (const [accountId, { until }] of this.known) {
      if (until >= now && this.known.size <= MAX_ACCOUNTS) return
      this.known.delete(accountId)
      if (until >= now) this.incompleteUntil = Math.max(this.incompleteUntil, until)
    }
  }
}

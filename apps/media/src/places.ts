export interface Guest {
  account?: string
  moved: () => number
  /** The client waits for us: its slowness is ours. */
  waitsForUs: () => boolean
  leave: () => void
}

interface Seated extends Guest {
  since: number
  last: { at: number; moved: number }
  window: { at: number; moved: number }
  /** Bytes a second between the last two looks; undefined before the first. */
  pace?: number
}

export interface PlaceRules {
  most: number
  each: number
  full: () => Error
  tooMany: () => Error
}

const LOOK_MS = 500
/** Whoever moves less than the least throughout a window leaves. */
const WINDOW_MS = 15_000
const MIN_PER_SECOND = 16 * 1024
/** When all places are taken, the slowest below this gives its place to who comes. */
const SLOW_PER_SECOND = 64 * 1024
const GRACE_MS = 2_000

/** Places of a shared pool: bounded in all and for each account, and nobody holds one without moving. */
export class Places {
  private readonly seated = new Set<Seated>()
  private looking?: NodeJS.Timeout

  constructor(private readonly rules: PlaceRules) {}

  get taken(): number {
    return this.seated.size
  }

  take(guest: Guest): () => void {
    if (this.countOf(guest.account) >= this.rules.each) throw this.rules.tooMany()
    if (this.seated.size >= this.rules.most && !this.displace()) throw this.rules.full()
    const now = { at: performance.now(), moved: guest.moved() }
    const seated = { ...guest, since: now.at, last: now, window: now }
    this.seated.add(seated)
    this.looking ??= setInterval(() => this.look(), LOOK_MS).unref()
    return () => this.free(seated)
  }

  private countOf(account: string | undefined): number {
    if (account === undefined) return 0
    return [...this.seated].filter((guest) => guest.account === account).length
  }

  private displace(): boolean {
    const now = performance.now()
    const slow = [...this.seated].filter(
      ({ since, pace = Infinity }) => now - since >= GRACE_MS && pace < SLOW_PER_SECOND,
    )
    const slowest = slow.sort((a, b) => (a.pace ?? 0) - (b.pace ?? 0))[0]
    if (!slowest) return false
    this.end(slowest)
    return true
  }

  private look(): void {
    const at = performance.now()
    for (const guest of this.seated) {
      const now = { at, moved: guest.moved() }
      const waits = guest.waitsForUs()
      guest.pace = waits ? Infinity : paceBetween(guest.last, now)
      guest.last = now
      if (waits) guest.window = now
      else if (at - guest.window.at >= WINDOW_MS) this.judge(guest, now)
    }
  }

  private judge(guest: Seated, now: Seated['last']): void {
    if (paceBetween(guest.window, now) < MIN_PER_SECOND) this.end(guest)
    else guest.window = now
  }

  private end(guest: Seated): void {
    this.free(guest)
    guest.leave()
  }

  private free(guest: Seated): void {
    this.seated.delete(guest)
    if (this.seated.size > 0) return
    clearInterval(this.looking)
    this.looking = undefined
  }
}

const paceBetween = (from: Seated['last'], to: Seated['last']) =>
  (1000 * (to.moved - from.moved)) / Math.max(1, to.at - from.at)

import { elapsed, here, type Moment } from './moment.js'

/** Enough for most reactions, from the look before them to the one after them. */
const VALID_MS = 1_000
/** Nobody relies any more on having looked before: twice as long, as clocks do not run at one speed. */
export const RELIED_ON_MS = 2 * VALID_MS

const MAX_KEPT = 10_000
const MAX_IDS_OF_A_LOOK = 5_000

const NONE: ReadonlySet<string> = new Set()

/**
 * Looks up which ids are among those that somebody adds to. Whoever asks while others wait for an answer asks along with the next
 * ones. What was not there is taken to be absent for a moment, counted from before it was looked up.
 */
export class RecentLooks {
  private readonly absent = new Map<string, Moment>()
  private next?: { ids: Set<string>; found: Promise<ReadonlySet<string>> }
  private last: Promise<unknown> = Promise.resolve()
  private forgotten = 0

  constructor(
    private readonly find: (ids: readonly string[]) => Promise<ReadonlySet<string>>,
    private readonly now: () => Moment = here,
  ) {}

  async among(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const now = this.now()
    const open = ids.filter((id) => !this.isAbsent(id, now))
    if (open.length === 0) return NONE
    const found = await this.ask(open)
    return new Set(open.filter((id) => found.has(id)))
  }

  forget(): void {
    this.absent.clear()
    this.forgotten++
  }

  private isAbsent(id: string, now: Moment): boolean {
    const since = this.absent.get(id)
    return since !== undefined && elapsed(since, now) < VALID_MS
  }

  private ask(ids: readonly string[]): Promise<ReadonlySet<string>> {
    this.next ??= this.afterTheLast()
    for (const id of ids) this.next.ids.add(id)
    return this.next.found
  }

  private afterTheLast() {
    const ids = new Set<string>()
    const found = this.last.then(() => {
      this.next = undefined
      return this.look([...ids])
    })
    this.last = found.catch(() => undefined)
    return { ids, found }
  }

  private async look(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const found = new Set<string>()
    for (let from = 0; from < ids.length; from += MAX_IDS_OF_A_LOOK) {
      const some = ids.slice(from, from + MAX_IDS_OF_A_LOOK)
      const [began, { forgotten }] = [this.now(), this]
      const there = await this.find(some)
      for (const id of there) found.add(id)
      if (forgotten === this.forgotten) this.keep(some, there, began)
    }
    return found
  }

  private keep(ids: readonly string[], there: ReadonlySet<string>, began: Moment): void {
    for (const id of ids) {
      this.absent.delete(id)
      if (!there.has(id)) this.absent.set(id, began)
    }
    for (const oldest of this.absent.keys()) {
      if (this.absent.size <= MAX_KEPT) return
      this.absent.delete(oldest)
    }
  }
}

const WAIT_MS = 2

interface Group<V> extends PromiseWithResolvers<ReadonlyMap<string, V>> {
  readonly keys: Set<string>
  isSent: boolean
}

/**
 * Sends the questions of one moment as one call. A moment is a turn of the event loop; while a call is under way, it lasts until that
 * one is answered, or for two milliseconds.
 */
export class Gathered<V> {
  private open?: Group<V>
  private underWay = 0

  constructor(
    private readonly ask: (keys: string[]) => Promise<ReadonlyMap<string, V>>,
    private readonly most: number,
  ) {}

  load(keys: readonly string[]): Promise<ReadonlyMap<string, V>> {
    const group = this.groupFor(keys)
    for (const key of keys) group.keys.add(key)
    return group.promise
  }

  private groupFor(keys: readonly string[]): Group<V> {
    const { open } = this
    if (open && open.keys.size + keys.filter((key) => !open.keys.has(key)).length <= this.most) return open
    if (open) this.send(open)
    const group: Group<V> = { ...Promise.withResolvers<ReadonlyMap<string, V>>(), keys: new Set(), isSent: false }
    this.open = group
    if (this.underWay === 0) setImmediate(() => this.send(group))
    else setTimeout(() => this.send(group), WAIT_MS)
    return group
  }

  private send(group: Group<V>): void {
    if (group.isSent) return
    group.isSent = true
    if (this.open === group) this.open = undefined
    this.underWay++
    this.ask([...group.keys])
      .then(group.resolve, group.reject)
      .finally(() => {
        this.underWay--
        if (this.open) this.send(this.open)
      })
  }
}

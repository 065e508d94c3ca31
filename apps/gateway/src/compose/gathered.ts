const WAIT_MS = 2
/** Who shared an answer asks again within this time, if at all. */
const RETURN_MS = 5
/** Strangers choose keys, and a service refuses an address that is too long to all whose questions it holds. */
const MAX_BYTES = 8 * 1024

interface Group<V> extends PromiseWithResolvers<ReadonlyMap<string, V>> {
  readonly keys: Set<string>
  bytes: number
  questions: number
  isSent: boolean
  isExtended: boolean
  timer?: NodeJS.Timeout
}

/**
 * Sends the questions of one moment as one call. A moment is a turn of the event loop. While a call is under way it lasts until that one is
 * answered, or for two milliseconds; where several share calls, for two milliseconds after an answer, so that those who have it come along.
 * A question that fills a call shares it with nobody.
 */
export class Gathered<V> {
  private open?: Group<V>
  private underWay = 0
  private returningUntil = 0

  constructor(
    private readonly ask: (keys: string[]) => Promise<ReadonlyMap<string, V>>,
    private readonly most: number,
  ) {}

  load(keys: readonly string[]): Promise<ReadonlyMap<string, V>> {
    const group = this.groupFor(keys)
    group.questions++
    for (const key of keys.filter((key) => !group.keys.has(key))) {
      group.keys.add(key)
      group.bytes += encodedBytes(key)
    }
    return group.promise
  }

  private groupFor(keys: readonly string[]): Group<V> {
    const { open } = this
    if (open && this.hasRoom(open, keys)) return open
    if (open) this.send(open)
    const opened = Promise.withResolvers<ReadonlyMap<string, V>>()
    const group: Group<V> = { ...opened, keys: new Set(), bytes: 0, questions: 0, isSent: false, isExtended: false }
    this.open = group
    if (this.underWay > 0 || performance.now() < this.returningUntil) this.wait(group)
    else setImmediate(() => this.send(group))
    return group
  }

  private wait(group: Group<V>): void {
    clearTimeout(group.timer)
    group.timer = setTimeout(() => this.send(group), WAIT_MS)
  }

  private hasRoom({ keys, bytes }: Group<V>, asked: readonly string[]): boolean {
    const more = asked.filter((key) => !keys.has(key))
    return (
      keys.size + more.length <= this.most && more.reduce((sum, key) => sum + encodedBytes(key), bytes) <= MAX_BYTES
    )
  }

  private send(group: Group<V>): void {
    if (group.isSent) return
    group.isSent = true
    if (this.open === group) this.open = undefined
    this.underWay++
    this.ask([...group.keys])
      .then(group.resolve, group.reject)
      .finally(() => this.answered(group))
  }

  private answered({ questions }: Group<V>): void {
    this.underWay--
    const { open } = this
    if (questions === 1) return open && this.send(open)
    this.returningUntil = performance.now() + RETURN_MS
    if (!open || open.isExtended) return
    open.isExtended = true
    this.wait(open)
  }
}

/** At most so many, in an address: an escaped byte takes three. */
function encodedBytes(key: string): number {
  const plain = key.replace(/[^\w.-]/g, '').length
  return plain + 3 * (Buffer.byteLength(key) - plain)
}

/** Values under keys, several under each. */
export class ByKey<T> {
  private readonly sets = new Map<string, Set<T>>()

  add(key: string, value: T): void {
    const values = this.sets.get(key)
    if (values) values.add(value)
    else this.sets.set(key, new Set([value]))
  }

  remove(key: string, value: T): void {
    const values = this.sets.get(key)
    values?.delete(value)
    if (values?.size === 0) this.sets.delete(key)
  }

  of(key: string): readonly T[] {
    return [...(this.sets.get(key) ?? [])]
  }

  count(key: string): number {
    return this.sets.get(key)?.size ?? 0
  }

  keys(): Iterable<string> {
    return this.sets.keys()
  }

  all(): readonly T[] {
    return [...this.sets.values()].flatMap((values) => [...values])
  }
}

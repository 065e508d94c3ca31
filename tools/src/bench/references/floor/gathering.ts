import type { Answer, Found } from './answer.js'

interface Group extends PromiseWithResolvers<ReadonlyMap<unknown, Found>> {
  readonly keys: Set<string>
}

/** Sends what is asked for by one field, and for one reader, as one call: that of a turn, or of the time until the call under way is answered. */
export function gathering(ask: (from: string, keys: string[]) => Promise<Answer>) {
  const open = new Map<string, Group>()
  const underWay = new Set<string>()

  async function send(from: string, by: string): Promise<void> {
    const group = open.get(from)
    if (!group || underWay.has(from)) return
    open.delete(from)
    underWay.add(from)
    await ask(from, [...group.keys])
      .then((found) => group.resolve(new Map(found.map((one) => [one[by], one]))), group.reject)
      .finally(() => underWay.delete(from))
    await send(from, by)
  }

  return async (kind: string, by: string, key: string): Promise<Found | undefined> => {
    const from = `${kind}/${by}`
    let group = open.get(from)
    if (!group) {
      open.set(from, (group = { ...Promise.withResolvers<ReadonlyMap<unknown, Found>>(), keys: new Set() }))
      setImmediate(() => void send(from, by))
    }
    group.keys.add(key)
    return (await group.promise).get(key)
  }
}

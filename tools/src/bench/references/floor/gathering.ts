import type { Answer, Found } from './answer.js'

interface Group extends PromiseWithResolvers<ReadonlyMap<unknown, Found>> {
  readonly keys: Set<string>
}

/** Sends what is asked for by one field as one call: that of a turn, or of the time until the call under way is answered. */
export function gathering(ask: (by: string, keys: string[]) => Promise<Answer>) {
  const open = new Map<string, Group>()
  const underWay = new Set<string>()

  async function send(by: string): Promise<void> {
    const group = open.get(by)
    if (!group || underWay.has(by)) return
    open.delete(by)
    underWay.add(by)
    await ask(by, [...group.keys])
      .then((found) => group.resolve(new Map(found.map((one) => [one[by], one]))), group.reject)
      .finally(() => underWay.delete(by))
    await send(by)
  }

  return async (by: string, key: string): Promise<Found> => {
    let group = open.get(by)
    if (!group) {
      open.set(by, (group = { ...Promise.withResolvers<ReadonlyMap<unknown, Found>>(), keys: new Set() }))
      setImmediate(() => void send(by))
    }
    group.keys.add(key)
    const found = (await group.promise).get(key)
    if (!found) throw new Error(`there is no ${by} ${key}`)
    return found
  }
}

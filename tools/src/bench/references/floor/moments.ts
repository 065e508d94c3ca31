/** Sends what comes in one moment together: a moment lasts until what was sent before has its answer. One that fails fails alone. */
export function moments<T>(send: (items: T[]) => Promise<unknown>): (...items: T[]) => Promise<void> {
  let moment: { items: T[]; sent: Promise<unknown> } | undefined
  let last: Promise<unknown> = Promise.resolve()

  function opened() {
    const items: T[] = []
    const sent = last.then(() => {
      moment = undefined
      return send(items)
    })
    last = sent.catch(() => {})
    return { items, sent }
  }

  return async (...items) => {
    const open = (moment ??= opened())
    open.items.push(...items)
    await open.sent
  }
}

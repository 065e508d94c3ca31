/** The items one after the other, in shares of which none is heavier than `most` but where one item alone is. */
export function sharesOf<T>(items: readonly T[], weightOf: (item: T) => number, most: number): T[][] {
  const shares: T[][] = []
  let weight = Infinity
  for (const item of items) {
    const more = weightOf(item)
    if (weight + more > most) {
      shares.push([])
      weight = 0
    }
    shares.at(-1)!.push(item)
    weight += more
  }
  return shares
}

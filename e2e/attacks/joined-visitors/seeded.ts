/** mulberry32: a small generator whose numbers a seed repeats. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The probability of so many hits or more, when each of `tries` hits with `chance`. */
export function tailOf(hits: number, tries: number, chance: number): number {
  let probability = (1 - chance) ** tries
  let tail = hits <= 0 ? 1 : 0
  for (let k = 0; k <= tries; k++) {
    if (hits > 0 && k >= hits) tail += probability
    probability *= ((tries - k) / (k + 1)) * (chance / (1 - chance))
  }
  return tail
}

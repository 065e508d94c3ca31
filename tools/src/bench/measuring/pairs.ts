export interface Share {
  share: number
  /** The 95 % interval of Wilson (1927), which holds for shares near 0 and 1 as well. */
  from: number
  to: number
  pairs: number
}

const Z = 1.96

/** The share of pairs whose first took longer; a tie counts half. One half: nobody can tell the two apart by their time. */
export function shareSlower(pairs: readonly (readonly [number, number])[]): Share {
  const n = pairs.length
  const share = pairs.reduce((sum, [first, second]) => sum + (first > second ? 1 : first === second ? 0.5 : 0), 0) / n
  const centre = (share + (Z * Z) / (2 * n)) / (1 + (Z * Z) / n)
  const half = (Z / (1 + (Z * Z) / n)) * Math.sqrt((share * (1 - share)) / n + (Z * Z) / (4 * n * n))
  return { share, from: centre - half, to: centre + half, pairs: n }
}

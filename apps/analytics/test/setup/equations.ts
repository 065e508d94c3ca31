/** A prime whose products are exact numbers. */
const P = 67_108_859

/** Sums of unknown numbers that somebody knows. Tells which other sums follow from them: by adding and subtracting, however many. */
export class Equations {
  /** Reduced rows by the unknown that they begin with. */
  private readonly rows = new Map<number, Map<number, number>>()
  private readonly numbers = new Map<string, number>()

  know(unknowns: Iterable<string>): void {
    const row = this.reduced(unknowns)
    const [first] = [...row.keys()].sort((a, b) => a - b)
    if (first === undefined) return
    const factor = inverse(row.get(first)!)
    for (const [i, value] of row) row.set(i, (value * factor) % P)
    this.rows.set(first, row)
  }

  tell(unknowns: Iterable<string>): boolean {
    return this.reduced(unknowns).size === 0
  }

  private reduced(unknowns: Iterable<string>): Map<number, number> {
    const row = new Map([...unknowns].map((name) => [this.numberOf(name), 1]))
    const waiting = [...this.rows.keys()].sort((a, b) => a - b)
    for (const first of waiting) {
      const factor = row.get(first)
      if (factor !== undefined) subtract(row, this.rows.get(first)!, factor)
    }
    return row
  }

  private numberOf(name: string): number {
    const known = this.numbers.get(name)
    if (known === undefined) this.numbers.set(name, this.numbers.size)
    return known ?? this.numbers.size - 1
  }
}

function subtract(row: Map<number, number>, other: ReadonlyMap<number, number>, factor: number): void {
  for (const [i, value] of other) {
    const rest = ((row.get(i) ?? 0) - ((factor * value) % P) + P) % P
    if (rest === 0) row.delete(i)
    else row.set(i, rest)
  }
}

/** By Fermat. */
function inverse(value: number): number {
  let [result, base, exponent] = [1n, BigInt(value), P - 2]
  for (; exponent > 0; exponent = Math.floor(exponent / 2)) {
    if (exponent % 2 === 1) result = (result * base) % BigInt(P)
    base = (base * base) % BigInt(P)
  }
  return Number(result)
}

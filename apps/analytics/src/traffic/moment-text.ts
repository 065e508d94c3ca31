const texts = new Map<number, string>()
const MAX_TEXTS = 5_000

/** To write a moment takes longer than to read a count, and who asks for days is told the same moments again. */
export function momentText(at: Date): string {
  const known = texts.get(at.getTime())
  if (known !== undefined) return known
  if (texts.size >= MAX_TEXTS) texts.clear()
  const text = at.toISOString()
  texts.set(at.getTime(), text)
  return text
}

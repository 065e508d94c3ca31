/** Resolves and rejects as Promise.all does, but not before all have ended: what they write into may be somebody else's next. */
export async function allEnded<T extends readonly Promise<unknown>[]>(
  works: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(works)
  return Promise.all(works)
}

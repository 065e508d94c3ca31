const DUPLICATE_KEY = 11000

/** A unique index refused a write. `index` is its name; `_id_` is the primary key. */
export class DuplicateKeyError extends Error {
  constructor(
    readonly collection: string,
    readonly index: string,
  ) {
    super(`${collection}: a document with the same ${index} exists`)
    this.name = 'DuplicateKeyError'
  }
}

/** Reads the index's name from the server's message; undefined for any other error. */
export function duplicateKeyIndex(error: unknown): string | undefined {
  if (error instanceof DuplicateKeyError) return error.index
  if ((error as { code?: unknown } | null)?.code !== DUPLICATE_KEY) return undefined
  return /index: (\S+)/.exec((error as Error).message)?.[1] ?? ''
}

export function isDuplicateKey(error: unknown, indexName?: string): boolean {
  const index = duplicateKeyIndex(error)
  return index !== undefined && (indexName === undefined || index === indexName)
}

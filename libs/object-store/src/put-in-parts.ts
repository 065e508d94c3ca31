import type { Fill } from './fill.js'

interface StoredPart {
  part: number
  etag: string
}

interface Source {
  /** Filled already. */
  first: Buffer
  fill: Fill
  atOnce: number
}

/** Puts part after part; with `atOnce` above 1 the next ones are filled while some are on their way. Resolves when all are stored. */
export async function putInParts(
  put: (partNumber: number, bytes: Buffer) => Promise<StoredPart>,
  { first, fill, atOnce }: Source,
): Promise<StoredPart[]> {
  const stored: Promise<StoredPart>[] = []
  const free: Buffer[] = []
  let [buffer, filled] = [first, first.length]
  const begin = (bytes: Buffer, length: number) => {
    const putting = put(stored.length + 1, bytes.subarray(0, length)).finally(() => free.push(bytes))
    putting.catch(() => undefined)
    stored.push(putting)
  }
  try {
    while (filled > 0) {
      begin(buffer, filled)
      if (filled < buffer.length) break
      if (stored.length >= atOnce) await stored[stored.length - atOnce]
      buffer = free.pop() ?? Buffer.allocUnsafeSlow(first.length)
      filled = await fill(buffer)
    }
    return await Promise.all(stored)
  } finally {
    await Promise.allSettled(stored)
  }
}

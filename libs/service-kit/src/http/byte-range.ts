export interface ByteRange {
  offset: number
  length: number
}

/**
 * One range of a `Range` header (RFC 9110 §14.1.2): undefined asks for the whole (no range, several, or another unit), null
 * for nothing that exists.
 */
export function byteRange(header: string | undefined, size: number): ByteRange | null | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? []
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined
  if (first === '') return suffix(Number(last), size)
  if (last !== '' && Number(last) < Number(first)) return undefined
  if (Number(first) >= size) return null
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  return { offset: Number(first), length: end - Number(first) + 1 }
}

function suffix(wanted: number, size: number): ByteRange | null {
  if (wanted === 0) return null
  const length = Math.min(wanted, size)
  return { offset: size - length, length }
}

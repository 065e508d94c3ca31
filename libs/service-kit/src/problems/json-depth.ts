/** No call nests deeper than ten; the bound protects whoever walks through a value. */
export const MAX_JSON_DEPTH = 32

const QUOTE = 0x22
const BACKSLASH = 0x5c
const opens = (byte: number) => byte === 0x7b || byte === 0x5b
const closes = (byte: number) => byte === 0x7d || byte === 0x5d

/** Measures the nesting of a JSON text in its bytes, so that no parser has to take a hostile one. */
export function isDeeperThan(limit: number, json: Uint8Array): boolean {
  let depth = 0
  let inString = false
  for (let i = 0; i < json.length; i++) {
    const byte = json[i]!
    if (inString) {
      if (byte === BACKSLASH) i++
      else if (byte === QUOTE) inString = false
    } else if (byte === QUOTE) inString = true
    else if (opens(byte) && ++depth > limit) return true
    else if (closes(byte)) depth--
  }
  return false
}

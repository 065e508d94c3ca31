/** A file says this of itself; the service reads it without decoding. */
export interface Structure {
  width: number
  height: number
  passes: number
  parts: number
  /** Bytes of what unpacks to more: compressed texts and profiles, and Exif. */
  packed: number
  animated: boolean
}

export const blankStructure = (): Structure => ({
  width: 0,
  height: 0,
  passes: 1,
  parts: 0,
  packed: 0,
  animated: false,
})

/** Keeps the larger of two sizes: a file that states several is judged by its worst. */
export function enlarge(found: Structure, width: number, height: number): void {
  if (width * height > found.width * found.height) Object.assign(found, { width, height })
}

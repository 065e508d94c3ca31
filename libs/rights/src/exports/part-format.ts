/**
 * A part is a sequence of frames: a letter, the length of what follows in four bytes, and that. `F` begins a file, `D` is bytes of
 * it, `E` ends it with its hash; `R` names a file that lies in the store of the service; `Z` ends the part.
 */
export const HEADER_BYTES = 5
export const MAX_FRAME_BYTES = 16 * 1024 * 1024

export interface FileHead {
  name: string
  modifiedAt: string
  /** Worth compressing: pictures are not. */
  text: boolean
}

export interface FileEnd {
  bytes: number
  sha256: string
}

/** A file that is read where it lies, so that its bytes are copied once. */
export interface LinkedFile {
  name: string
  modifiedAt: string
  bytes: number
  /** The first one that leads to something is read. */
  links: string[]
}

export interface PartEnd {
  collectedAt: string
}

export type FrameKind = 'F' | 'D' | 'E' | 'R' | 'Z'

export function frameHeader(kind: FrameKind, length: number): Buffer {
  const header = Buffer.allocUnsafe(HEADER_BYTES)
  header.write(kind, 'latin1')
  header.writeUInt32BE(length, 1)
  return header
}

export class PartDamagedError extends Error {}

import type { Picture, Rejection } from '../photos/photo.js'

/** The service judges this much of a picture before it stores any of it. */
export const HEAD_BYTES = 256 * 1024
/** The name of the picture in the folder of a job; its renditions lie beside it under theirs. */
export const SOURCE = 'upload'

/** A question to a decoding process; the bytes of a head are base64. */
export type Job = { kind: 'head'; head: string } | { kind: 'judge' | 'render'; folder: string }

export interface HeadVerdict {
  found: string | null
  refusal: 'unsupported' | 'damaged' | 'animated' | 'too-many-pixels' | 'too-complex' | null
}

export type Verdict = { work: number } | { rejection: Rejection }

/** The picture, whose files are in the folder, or why nobody can be shown it. */
export type Outcome = { picture: Picture } | { rejection: Rejection }

import type { Picture, Rejection } from '../photos/photo.js'

/** How much of a picture is judged before any of it is stored. */
export const HEAD_BYTES = 256 * 1024
/** The name of the picture in the folder of a job; its renditions lie beside it under theirs. */
export const SOURCE = 'upload'

/** What a decoding process is asked; the bytes of a head are base64. */
export type Job = { kind: 'head'; head: string } | { kind: 'judge' | 'render'; folder: string }

export interface HeadVerdict {
  /** The type that the content tells. */
  found: string | null
  refusal: 'unsupported' | 'damaged' | 'animated' | 'too-many-pixels' | 'too-complex' | null
}

/** Milliseconds of CPU, about, or why nobody can be shown it. */
export type Verdict = { work: number } | { rejection: Rejection }

/** The picture, whose files are in the folder, or why nobody can be shown it. */
export type Outcome = { picture: Picture } | { rejection: Rejection }

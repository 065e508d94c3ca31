import type { Picture, Rejection } from '../photos/photo.js'

/** What a decoding process is asked: to make all renditions of `source`, in `folder`, under their names. */
export interface Job {
  source: string
  folder: string
}

/** The picture, whose files are in the folder then, or why it cannot be shown. */
export type Outcome = { picture: Picture } | { rejection: Rejection }

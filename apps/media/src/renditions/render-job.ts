import type { Picture, Rejection } from '../photos/photo.js'

/** Asks for all renditions of `source`, as files in `folder` under their names. */
export interface Job {
  source: string
  folder: string
}

/** The picture, whose files are in the folder, or why nobody can be shown it. */
export type Outcome = { picture: Picture } | { rejection: Rejection }

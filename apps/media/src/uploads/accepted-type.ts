import { media } from '@mpics/contracts'
import type { HeadVerdict } from '../decoder/jobs.js'
import type { PhotoContentType } from '../photos/photo.js'
import {
  AnimatedError,
  DamagedError,
  TooComplexError,
  TooManyPixelsError,
  UnsupportedTypeError,
} from './upload.errors.js'

const REFUSALS = {
  damaged: DamagedError,
  animated: AnimatedError,
  'too-many-pixels': TooManyPixelsError,
  'too-complex': TooComplexError,
} as const

/** Tells whoever uploads a picture the verdict on its head. */
export function acceptedType({ found, refusal }: HeadVerdict): PhotoContentType {
  if (refusal !== null && refusal !== 'unsupported') throw new REFUSALS[refusal]()
  const type = media.photoContentType.safeParse(found)
  if (refusal !== null || !type.success) throw new UnsupportedTypeError(found ?? undefined)
  return type.data
}

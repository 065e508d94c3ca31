import exifr from 'exifr'
import { type Camera, cameraOf } from '../photos/camera.js'

const TAGS = [
  'Make',
  'Model',
  'LensModel',
  'FocalLength',
  'FNumber',
  'ExposureTime',
  'ISO',
  'DateTimeOriginal',
] as const
type Tags = Partial<Record<(typeof TAGS)[number], unknown>>

const EXIF_MARK = 'Exif\0\0'
const MAX_BYTES = 1024 * 1024

/**
 * Keeps a whitelist of a picture's Exif, and so drops position, serial numbers, names and comments whatever a camera calls
 * them (policy: "we only collect personal information that is relevant").
 */
export async function readCamera(exif: Buffer | undefined): Promise<Camera | null> {
  if (!exif || exif.length > MAX_BYTES) return null
  const tiff = exif.toString('latin1', 0, EXIF_MARK.length) === EXIF_MARK ? exif.subarray(EXIF_MARK.length) : exif
  const read = exifr.parse(tiff, { pick: [...TAGS], reviveValues: false }).catch(() => undefined)
  const tags = (await read) as Tags | undefined
  return tags ? cameraOf(namedAsHere(tags)) : null
}

const namedAsHere = (tags: Tags): Parameters<typeof cameraOf>[0] => ({
  make: tags.Make,
  model: tags.Model,
  lens: tags.LensModel,
  focalLength: tags.FocalLength,
  aperture: tags.FNumber,
  exposureTime: tags.ExposureTime,
  iso: tags.ISO,
  takenAt: tags.DateTimeOriginal,
})

import exifr from 'exifr'
import type { Camera } from '../photos/photo.js'

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

const MAX_TEXT = 80
const EXIF_MARK = 'Exif\0\0'

/**
 * Keeps a whitelist of a picture's Exif, and so drops position, serial numbers, names and comments whatever a camera calls
 * them (policy: "we only collect personal information that is relevant").
 */
export async function readCamera(exif: Buffer | undefined): Promise<Camera | null> {
  if (!exif) return null
  const tiff = exif.toString('latin1', 0, EXIF_MARK.length) === EXIF_MARK ? exif.subarray(EXIF_MARK.length) : exif
  const tags = (await exifr.parse(tiff, { pick: [...TAGS], reviveValues: false }).catch(() => undefined)) as
    Tags | undefined
  return tags ? cameraOf(tags) : null
}

function cameraOf(tags: Tags): Camera | null {
  const known = {
    make: text(tags.Make),
    model: text(tags.Model),
    lens: text(tags.LensModel),
    focalLength: positive(tags.FocalLength),
    aperture: positive(tags.FNumber),
    exposureTime: positive(tags.ExposureTime),
    iso: whole(tags.ISO),
    takenAt: wallClock(tags.DateTimeOriginal),
  }
  const given = Object.entries(known).filter(([, value]) => value !== undefined)
  return given.length > 0 ? Object.fromEntries(given) : null
}

/** Cameras pad with zeros and blanks; one line holds the rest. */
function text(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const shown = value.replace(/[\p{C}\p{Z}]+/gu, ' ').trim()
  return shown === '' ? undefined : shown.slice(0, MAX_TEXT)
}

const positive = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? Number(value.toPrecision(6)) : undefined

function whole(value: unknown): number | undefined {
  const number = positive(Array.isArray(value) ? value[0] : value)
  return number === undefined ? undefined : Math.round(number)
}

/** `2015:02:11 18:03:00`, by a clock that knows no time zone. */
function wallClock(value: unknown): string | undefined {
  const [, year, month, day, time] = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(String(value)) ?? []
  if (!year || Number.isNaN(Date.parse(`${year}-${month}-${day}T${time}Z`))) return undefined
  return `${year}-${month}-${day}T${time}`
}

export interface Camera {
  make?: string
  model?: string
  lens?: string
  focalLength?: number
  aperture?: number
  exposureTime?: number
  iso?: number
  takenAt?: string
}

/**
 * What a file, or an earlier version of this service, says of a camera, in the shape that we show: anything else is left out, so
 * that no field carries a person's words.
 */
export function cameraOf(said: Partial<Record<keyof Camera, unknown>>): Camera | null {
  const known = {
    make: name(said.make),
    model: name(said.model),
    lens: name(said.lens),
    focalLength: number(said.focalLength, 0.1, 10_000),
    aperture: number(said.aperture, 0.1, 1_000),
    exposureTime: number(said.exposureTime, 1e-7, 1_000_000),
    iso: whole(said.iso),
    takenAt: wallClock(said.takenAt),
  }
  const given = Object.entries(known).filter(([, value]) => value !== undefined)
  return given.length > 0 ? Object.fromEntries(given) : null
}

/** Names of products: `ILCE-7M3`, `35mm F1.4 DG HSM | Art`. No address, no serial or telephone number. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} .,/()+|&'*°_-]{0,79}$/u
const LONG_NUMBER = /\d{9}/
const MEASURE = /\d+\.\d+\s?mm/g

/** Ends at its first NUL (Exif 2.32 §4.6.2): what is behind is another value. Cameras pad with blanks. */
function name(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const [text = ''] = value.split('\0', 1)
  const shown = text.replace(/[\p{C}\p{Z}]+/gu, ' ').trim()
  return NAME.test(shown) && !LONG_NUMBER.test(shown.replace(MEASURE, '')) ? shown : undefined
}

function number(value: unknown, least: number, most: number): number | undefined {
  const fits = typeof value === 'number' && value >= least && value <= most
  return fits ? Number(value.toPrecision(6)) : undefined
}

function whole(value: unknown): number | undefined {
  const found = number(Array.isArray(value) ? value[0] : value, 0.5, 100_000_000)
  return found === undefined ? undefined : Math.round(found)
}

/** `2015:02:11 18:03:00`, by a clock that knows no time zone; a day that no calendar has is left out. */
function wallClock(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const [, year, month, day, time] = /^([12]\d{3})[:-](\d\d)[:-](\d\d)[ T](\d\d:\d\d:\d\d)(?!\d)/.exec(value) ?? []
  const written = `${year}-${month}-${day}T${time}`
  const read = new Date(`${written}Z`)
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(written) ? written : undefined
}

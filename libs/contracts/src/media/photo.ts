import { z } from 'zod'
import { field, id, time } from '../define/field.js'
import { lineOfText, proseText } from '../define/text.js'
import { photoRejection, photoVisibility } from './photo.events.js'

export const photoStatus = z.enum(['processing', 'published', 'rejected', 'removed'])

export const photoLicence = z.enum([
  'all-rights-reserved',
  'cc-by-4.0',
  'cc-by-sa-4.0',
  'cc-by-nd-4.0',
  'cc-by-nc-4.0',
  'cc-by-nc-sa-4.0',
  'cc-by-nc-nd-4.0',
  'cc0-1.0',
])

/** `original` is the full-size picture without its metadata; only its owner gets it. */
export const renditionName = z.enum(['thumb', 'small', 'large', 'original'])

export const personal = <T extends z.ZodType>(schema: T, description?: string) =>
  field(schema, { classification: 'personal', purpose: 'photos', description })

export const technical = <T extends z.ZodType>(schema: T, description?: string) =>
  field(schema, { classification: 'technical', purpose: 'photos', description })

/** With the marks that stand within words, and the joiners that some scripts need (UAX #31 §2.3, table 3 of §2.4). */
const TAG =
  /^(?!\p{DI})(?=[\p{L}\p{N}])(?:[\p{L}\p{N}\p{M}](?:[\u200C\u200D](?=[\p{L}\p{N}\p{M}]))?|[ _'\u00B7\u05F3\u05F4\u0F0B\u2019\u2027\u30FB-])*$/u

export const tag = z
  .string()
  .max(80)
  .transform((text) => text.normalize('NFC').trim().toLowerCase())
  .pipe(
    z.string().min(1).max(40).regex(TAG, { error: 'letters, digits, blanks, hyphens, and what stands within words' }),
  )

const tags = z
  .array(tag)
  .max(20)
  .transform((list) => [...new Set(list)])

/** Form fields that occur once arrive as a text, those that are repeated as a list. */
const repeatable = z.preprocess((value) => (typeof value === 'string' ? [value] : value), tags)

const visibility = technical(photoVisibility, 'who may see it, from everybody to its owner alone')

const licence = technical(photoLicence, 'under which others may use it')

/** The owner's words about a photo at its upload: the form's fields beside `file`. */
export const photoDetails = z.strictObject({
  title: personal(lineOfText(120).optional()),
  description: personal(proseText(4000).optional()),
  tags: personal(repeatable.default([]), 'repeat the field for each one'),
  altText: personal(proseText(1000).optional(), 'what the picture shows, for those who cannot see it'),
  place: personal(lineOfText(120).optional(), 'where it was taken, as the owner puts it'),
  licence: licence.default('all-rights-reserved'),
  visibility: visibility.default('public'),
})

export const photoChanges = z.strictObject({
  title: personal(lineOfText(120).nullable().optional()),
  description: personal(proseText(4000).nullable().optional()),
  tags: personal(tags.optional()),
  altText: personal(proseText(1000).nullable().optional()),
  place: personal(lineOfText(120).nullable().optional()),
  licence: licence.optional(),
  visibility: visibility.optional(),
})

const pixels = technical(z.int().min(1), 'pixels, upright')

const shownText = personal(z.string().nullable())

export const shownRendition = z.strictObject({
  url: technical(z.string(), 'relative to the site; what not everybody may see has a link that expires'),
  width: pixels,
  height: pixels,
})

/** The only data of the camera that are kept: never position, serial numbers, names or comments. */
export const shownCamera = z.strictObject({
  make: technical(z.string().optional()),
  model: technical(z.string().optional()),
  lens: technical(z.string().optional()),
  focalLength: technical(z.number().optional(), 'millimetres'),
  aperture: technical(z.number().optional(), 'f-number'),
  exposureTime: technical(z.number().optional(), 'seconds'),
  iso: technical(z.int().optional()),
  takenAt: personal(z.iso.datetime({ local: true }).optional(), 'by the clock of the camera, which knows no time zone'),
})

/** Media knows the id; the edge adds what may be shown of the person. */
export const photoOwner = z.strictObject({
  id: id('photos'),
  handle: personal(z.string().optional(), 'added at the edge'),
  fullName: personal(z.string().nullable().optional(), 'added at the edge'),
})

const views = z.strictObject({
  total: field(z.int().min(0), { classification: 'public', purpose: 'trend-analysis' }),
  unique: field(z.int().min(0), { classification: 'public', purpose: 'trend-analysis' }),
})

const summary = {
  id: id('photos'),
  owner: personal(photoOwner),
  status: technical(photoStatus, 'other than "published" is seen by the owner alone'),
  visibility,
  title: shownText,
  altText: shownText,
  renditions: technical(
    z
      .strictObject({
        thumb: technical(shownRendition),
        small: technical(shownRendition),
        large: technical(shownRendition),
        original: technical(shownRendition.optional(), 'for the owner'),
      })
      .nullable(),
    'null until it is published',
  ),
  placeholder: technical(z.string().nullable(), 'ThumbHash, base64: shown until a rendition is there'),
  uploadedAt: time('photos'),
  publishedAt: technical(z.iso.datetime().nullable()),
  views: technical(
    views.nullable().optional(),
    'added at the edge; null while nobody can count, absent while the operator hides view counts',
  ),
  rejection: technical(photoRejection.nullable(), 'why it cannot be shown'),
  erasedAfter: technical(z.iso.datetime().nullable(), 'when what was removed or rejected will be gone for ever'),
}

export const photoSummary = z.strictObject(summary)

export const shownPhoto = z.strictObject({
  ...summary,
  description: shownText,
  tags: personal(z.array(z.string())),
  place: personal(z.string().nullable(), 'only if the owner gave one'),
  licence,
  camera: technical(shownCamera.nullable()),
})

export const photoParams = z.strictObject({ id: id('photos') })

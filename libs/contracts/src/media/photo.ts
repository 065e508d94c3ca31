import { z } from 'zod'
import { field, id, time } from '../define/field.js'
import { characters } from '../define/characters.js'
import { named, shownAs } from '../define/named.js'
import { repeatable } from '../define/query.js'
import { lineOfText, proseText } from '../define/text.js'
import { views } from '../define/views.js'
import { photoRejection, photoVisibility } from './photo.events.js'

export const photoStatus = named('PhotoStatus', z.enum(['processing', 'published', 'rejected', 'removed']))

export const photoLicence = named(
  'PhotoLicence',
  z.enum([
    'all-rights-reserved',
    'cc-by-4.0',
    'cc-by-sa-4.0',
    'cc-by-nd-4.0',
    'cc-by-nc-4.0',
    'cc-by-nc-sa-4.0',
    'cc-by-nc-nd-4.0',
    'cc0-1.0',
  ]),
)

/** `original` is the full-size picture without its metadata; only its owner gets it. */
export const renditionName = named('RenditionName', z.enum(['thumb', 'small', 'large', 'original']))

export const personal = <T extends z.ZodType>(schema: T, description?: string) =>
  field(schema, { classification: 'personal', purpose: 'photos', description })

export const technical = <T extends z.ZodType>(schema: T, description?: string) =>
  field(schema, { classification: 'technical', purpose: 'photos', description })

/** Of the scripts that write forms of letters with a joiner after it, also at the end of a word (UAX #31 §2.3, A2). */
const VIRAMA = '[\\u094D\\u09CD\\u0A4D\\u0ACD\\u0B4D\\u0BCD\\u0C4D\\u0CCD\\u0D4D\\u0DCA]'
/** Seen, and so no other tag's twin. */
const LETTER = '(?!\\p{DI})[\\p{L}\\p{N}\\p{M}]'
/** With the marks that stand within words, and the joiners that some scripts need (UAX #31 §2.3, table 3 of §2.4). */
const WITHIN = "[ _'\\u00B7\\u05F3\\u05F4\\u0F0B\\u2019\\u2027\\u30FB-]"
const TAG = new RegExp(
  `^ *(?=[\\p{L}\\p{N}])(?:${LETTER}(?:\\u200C|\\u200D(?=${LETTER})|(?<=${VIRAMA})\\u200D)?|${WITHIN})*$`,
  'u',
)
/** As the documents say it: what engines without Unicode properties can tell. */
const TAG_PATTERN = '^ *[^\\u0000-/:-@\\[-`{-\\u009F][^\\u0000-\\u001F!-&(-,./:-@\\[-\\^`{-\\u009F]*$'
const TAG_IN_WORDS = 'letters and digits of any script, blanks, hyphens, and what stands within words'

/** Keyboards leave it after a word, where nothing shows it. */
const LAST_NON_JOINER = /\u200C(?![\p{L}\p{N}\p{M}])/gu

/** The text is checked as it was written, so that the documents say what is accepted, and then folded. */
export const tag = shownAs(
  characters(1, 40).regex(TAG, { error: TAG_IN_WORDS }).meta({ pattern: TAG_PATTERN, description: TAG_IN_WORDS }),
  'night sky',
).transform((text) => text.normalize('NFC').replace(LAST_NON_JOINER, '').trim().toLowerCase())

const tags = z
  .array(tag)
  .max(20)
  .transform((list) => [...new Set(list)])

const visibility = technical(
  named('PhotoVisibility', photoVisibility),
  'who may see it, from everybody to its owner alone',
)

const licence = technical(photoLicence, 'under which others may use it')

const title = shownAs(lineOfText(120), 'Lift-off')
const description = shownAs(proseText(4000), 'Seen from the causeway.')
const altText = shownAs(proseText(1000), 'A rocket rises from its pad at dusk')
const place = shownAs(lineOfText(120), 'Cape Canaveral')

/** The owner's words about a photo at its upload: the form's fields beside `file`. */
export const photoDetails = z.strictObject({
  title: personal(title.optional()),
  description: personal(description.optional()),
  tags: personal(repeatable(tags).default([]), 'repeat the field for each one'),
  altText: personal(altText.optional(), 'what the picture shows, for those who cannot see it'),
  place: personal(place.optional(), 'where it was taken, as the owner puts it'),
  licence: licence.default('all-rights-reserved'),
  visibility: visibility.default('public'),
})

export const photoChanges = z.strictObject({
  title: personal(title.nullable().optional()),
  description: personal(description.nullable().optional()),
  tags: personal(tags.optional()),
  altText: personal(altText.nullable().optional()),
  place: personal(place.nullable().optional()),
  licence: licence.optional(),
  visibility: visibility.optional(),
})

const pixels = technical(shownAs(z.int().min(1), 1365), 'pixels, upright')

const shownText = (example: string) => personal(shownAs(z.string(), example).nullable())

export const shownRendition = named(
  'Rendition',
  z.strictObject({
    url: technical(
      shownAs(z.string(), '/v1/photos/01931f3e-0000-7000-8000-000000000101/large?v=1'),
      'relative to the site; what not everybody may see has a link that expires',
    ),
    width: pixels,
    height: pixels,
  }),
)

/** The only data of the camera that are kept: never position, serial numbers, names or comments. */
export const shownCamera = named(
  'Camera',
  z.strictObject({
    make: technical(shownAs(z.string(), 'Canon').optional()),
    model: technical(shownAs(z.string(), 'Canon EOS R5').optional()),
    lens: technical(shownAs(z.string(), 'RF50mm F1.2 L USM').optional()),
    focalLength: technical(shownAs(z.number(), 50).optional(), 'millimetres'),
    aperture: technical(shownAs(z.number(), 1.8).optional(), 'f-number'),
    exposureTime: technical(shownAs(z.number(), 0.008).optional(), 'seconds'),
    iso: technical(shownAs(z.int(), 400).optional()),
    takenAt: personal(
      shownAs(z.iso.datetime({ local: true }), '2026-01-31T12:00:00').optional(),
      'by the clock of the camera, which knows no time zone',
    ),
  }),
)

/** Media knows the id; the edge adds what may be shown of the person. */
export const photoOwner = named(
  'PhotoOwner',
  z.strictObject({
    id: id('photos'),
    handle: personal(shownAs(z.string(), 'ansel_a').optional(), 'added at the edge'),
    fullName: personal(shownAs(z.string(), 'Ansel Example').nullable().optional(), 'added at the edge'),
  }),
)

const renditions = named(
  'Renditions',
  z.strictObject({
    thumb: technical(shownRendition),
    small: technical(shownRendition),
    large: technical(shownRendition),
    original: technical(shownRendition.optional(), 'for the owner'),
  }),
)

const summary = {
  id: id('photos'),
  owner: personal(photoOwner),
  status: technical(shownAs(photoStatus, 'published'), 'other than "published" is seen by the owner alone'),
  visibility,
  title: shownText('Lift-off'),
  altText: shownText('A rocket rises from its pad at dusk'),
  renditions: technical(renditions.nullable(), 'null until it is published'),
  placeholder: technical(
    shownAs(z.string(), '3OcRJYB4d3h/iIeHeEh3eIhw+j2w').nullable(),
    'ThumbHash, base64: shown until a rendition is there',
  ),
  uploadedAt: time('photos'),
  publishedAt: technical(z.iso.datetime().nullable()),
  views: technical(
    views.nullable().optional(),
    'added at the edge; null while nobody can count, absent while the operator hides view counts',
  ),
  rejection: technical(shownAs(named('PhotoRejection', photoRejection).nullable(), null), 'why it cannot be shown'),
  erasedAfter: technical(
    shownAs(z.iso.datetime().nullable(), null),
    'when what was removed or rejected will be gone for ever',
  ),
}

export const photoSummary = named('PhotoSummary', z.strictObject(summary))

export const shownPhoto = named(
  'Photo',
  z.strictObject({
    ...summary,
    description: shownText('Seen from the causeway.'),
    tags: personal(z.array(shownAs(z.string(), 'night sky'))),
    place: personal(shownAs(z.string(), 'Cape Canaveral').nullable(), 'only if the owner gave one'),
    licence,
    camera: technical(shownCamera.nullable()),
  }),
)

export const photoParams = z.strictObject({ id: id('photos') })

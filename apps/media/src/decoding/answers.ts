import { media } from '@mpics/contracts'
import { z } from 'zod'
import { cameraOf } from '../photos/camera.js'
import type { HeadVerdict, Outcome, Verdict } from '../decoder/jobs.js'

const pixels = z.int().min(1).max(100_000)

const rendition = z.strictObject({
  width: pixels,
  height: pixels,
  bytes: z.int().min(1),
  contentType: media.photoContentType,
})

const picture = z.strictObject({
  placeholder: z.base64().max(100),
  camera: z
    .record(z.string(), z.unknown())
    .nullable()
    .transform((said) => (said ? cameraOf(said) : null)),
  renditions: z.strictObject({ thumb: rendition, small: rendition, large: rendition, original: rendition }),
})

const rejected = z.strictObject({ rejection: media.photoRejection })

/** These schemas bound the answers of a decoding process, which a file may have taken over. */
export const headVerdict: z.ZodType<HeadVerdict> = z.strictObject({
  found: z
    .string()
    .regex(/^[a-z]+\/[a-z0-9.+-]{1,60}$/)
    .nullable(),
  refusal: z.enum(['unsupported', 'damaged', 'animated', 'too-many-pixels', 'too-complex']).nullable(),
})

export const verdict: z.ZodType<Verdict> = z.union([z.strictObject({ work: z.number().min(0) }), rejected])

export const outcome: z.ZodType<Outcome> = z.union([z.strictObject({ picture }), rejected])

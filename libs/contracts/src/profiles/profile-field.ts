import { z } from 'zod'
import type { Audience } from '../audience.js'
import { field, type About } from '../define/field.js'
import { shownAs } from '../define/named.js'

/** One field in the table of profile fields. */
interface AboutProfileField extends Omit<About, 'description'> {
  /** Its audience until the owner chooses another one. */
  audience: Audience
  /** How a search finds the profile by it, while everybody may see it. */
  search?: 'words' | 'place'
  /** Explains the field to its owner. */
  description?: string
}

/** A field of one text; null while it is empty. */
export const textField = <W extends z.ZodType<string>>(written: W, about: AboutProfileField & { example: string }) => ({
  ...about,
  empty: null as string | null,
  parts: undefined,
  ...schemasOf(written, z.string().nullable(), z.string(), about),
})

/** A field of several texts. */
export const textsField = <W extends z.ZodType<string[]>>(
  written: W,
  about: AboutProfileField & { example: readonly string[] },
) => ({
  ...about,
  empty: [] as string[],
  parts: undefined,
  ...schemasOf(written, z.array(z.string()), z.array(z.string()), about),
})

/** A field of several records, whose parts are texts. */
export const recordsField = <
  P extends Record<string, z.ZodType<string>>,
  W extends z.ZodType<Record<keyof P & string, string>[]>,
>(
  written: W,
  shown: z.ZodObject<P>,
  about: AboutProfileField & { example: readonly Record<keyof P & string, string>[] },
) => ({
  ...about,
  empty: [] as Record<keyof P & string, string>[],
  parts: Object.keys(shown.shape),
  ...schemasOf(written, z.array(shown), z.array(shown), about),
})

/** `changes`: in a PATCH; `mine`: in the owner's answer; `shown`: in everybody's, where an empty field is not there. */
function schemasOf<W extends z.ZodType, M extends z.ZodType, S extends z.ZodType>(
  written: W,
  mine: M,
  shown: S,
  { classification, purpose, description, example }: AboutProfileField & { example: unknown },
) {
  return {
    changes: field(
      shownAs(written, example as z.input<W>)
        .nullable()
        .optional(),
      {
        classification,
        purpose,
        description,
      },
    ),
    mine: field(shownAs(mine, example as z.input<M>), { classification, purpose }),
    shown: field(shownAs(shown, example as z.input<S>).optional(), { classification, purpose }),
  }
}

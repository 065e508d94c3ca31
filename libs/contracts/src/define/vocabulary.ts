import { z } from 'zod'

/** A known word, or one that this version does not know yet. */
export type OpenWord<W extends string> = W | (string & Record<never, never>)

/** Words that grow without a new version of whatever holds them. */
export interface Vocabulary<W extends string> {
  readonly name: string
  /** Each known word with its meaning. */
  readonly known: Readonly<Record<W, string>>
  /** Only known words: for what callers send. */
  readonly strict: z.ZodEnum<{ [K in W]: K }>
  /** Any word of the pattern: for events, and for answers that outlive this version. */
  readonly open: z.ZodType<OpenWord<W>, OpenWord<W>>
  readonly isKnown: (word: string) => word is W
}

const MAX_WORD_LENGTH = 60
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** Defines a vocabulary. The pattern is released and never changes; the known words may. */
export function vocabulary<const W extends string>(
  name: string,
  known: Readonly<Record<W, string>>,
  pattern: RegExp = KEBAB,
): Vocabulary<W> {
  const words = Object.keys(known) as W[]
  const unfit = words.find((word) => !pattern.test(word) || word.length > MAX_WORD_LENGTH)
  if (unfit !== undefined) throw new TypeError(`${unfit} is no word of the vocabulary ${name}: ${pattern}`)
  return {
    name,
    known,
    strict: z.enum(words),
    open: z.string().max(MAX_WORD_LENGTH).regex(pattern).meta({ vocabulary: name, known }),
    isKnown: (word): word is W => Object.hasOwn(known, word),
  }
}

/** Name and known words of a vocabulary’s open schema; undefined for any other schema. */
export const vocabularyOf = (schema: z.ZodType): { vocabulary: string; known: Record<string, string> } | undefined => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return vocabularyOf(schema.unwrap() as z.ZodType)
  const meta = schema.meta() as { vocabulary?: string; known?: Record<string, string> } | undefined
  return meta?.vocabulary && meta.known ? { vocabulary: meta.vocabulary, known: meta.known } : undefined
}

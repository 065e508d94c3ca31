import { z } from 'zod'

type Given = Record<string, unknown>

/**
 * An object with all of `others` and exactly one of `alternatives`. Generators of clients read a count of members better than a choice of
 * schemas.
 */
export function oneOf<O extends z.ZodRawShape, A extends z.ZodRawShape>(others: O, alternatives: A, example: Given) {
  const [shared, names] = [Object.keys(others).length, Object.keys(alternatives)]
  const isOne = (given: Given) => names.filter((name) => given[name] !== undefined).length === 1
  return z
    .strictObject({ ...others, ...alternatives })
    .refine((given) => isOne(given as Given), { error: `exactly one of ${names.join(', ')}` })
    .meta({ minProperties: shared + 1, maxProperties: shared + 1, examples: [example] })
}

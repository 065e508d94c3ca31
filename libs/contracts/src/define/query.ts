import { z } from 'zod'

const NUMBER = /^-?\d{1,16}$/

const numberIn = (value: unknown) => (typeof value === 'string' && NUMBER.test(value) ? Number(value) : value)
const listIn = (value: unknown) => (typeof value === 'string' ? [value] : value)

/** A whole number in a query, written with digits alone. */
export const wholeNumber = (min: number, max: number = Number.MAX_SAFE_INTEGER): z.ZodType<number, number> =>
  z.preprocess(numberIn, z.int().min(min).max(max)) as unknown as z.ZodType<number, number>

/** A name in a query or form that may be repeated: given once, it arrives as a text. */
export const repeatable = <T extends z.ZodType<unknown[], unknown[]>>(list: T) =>
  z.preprocess(listIn, list) as unknown as z.ZodType<z.output<T>, z.input<T> | z.input<T>[number]>

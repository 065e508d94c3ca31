import { z } from 'zod'
import { events } from '../catalogue/event-catalogue.js'
import { parsed } from './fits.js'

const GLYPH = '\u{1f642}'
const odd: readonly unknown[] = [
  ...['', 'x', 'nl', 'NL', 'a-b', 'A b', '-', 'a\n', GLYPH, `${GLYPH}${GLYPH}`, `a${GLYPH}`, '\ud800', '\ud800a'],
  ...[2, 20, 40, 41, 60, 61, 64, 65, 200, 201, 250, 500, 2_000].flatMap((length) => [
    'a'.repeat(length),
    GLYPH.repeat(length),
  ]),
  ...[
    '01931f3e-0000-7000-8000-000000000101',
    '01931F3E-0000-7000-8000-000000000101',
    '01931f3e-0000-0000-0000-000000000101',
  ],
  ...[
    '2026-01-31',
    '2026-02-30',
    '2026-01-31T12:00:00Z',
    '2026-01-31T12:00:00.123456Z',
    '2026-01-31T12:00:00+01:00',
    '2026-01-31T12:00Z',
  ],
  ...[0, -0, 1, -1, 1.5, 2 ** 53, 1e300, Number.NaN, Infinity, 1n, true, false, null, undefined],
  ...[{}, [], [''], ['a', 'b'], new Date(0), { a: 1 }],
]

const outcomeOf = (parse: () => unknown) => {
  try {
    const value = parse()
    return { value, names: Object.keys(value as object) }
  } catch (error) {
    return (error as z.ZodError).issues
  }
}

/** The data with another value in each place, without it, with more, and in another order. */
function* mutations(data: object): Iterable<unknown> {
  yield data
  for (const name of Object.keys(data)) {
    for (const value of odd) yield { ...data, [name]: value }
    const { [name as keyof typeof data]: _, ...others } = data
    yield others
  }
  yield { ...data, more: 1 }
  yield Object.fromEntries(Object.entries(data).reverse())
  yield JSON.parse(`{"__proto__":{"a":1},${JSON.stringify(data).slice(1)}`)
  yield Object.assign(Object.create(data), {})
  yield Object.assign(Object.create({ more: 1 }), data)
  yield* [[], [data], null, undefined, 'text', 7]
}

describe('data that is read without Zod', () => {
  it.each(events.map((event) => [event.type, event] as const))(
    'of %s is what Zod makes of it',
    (_, { schema, example }) => {
      for (const data of mutations(example))
        expect(outcomeOf(() => parsed(schema, data))).toStrictEqual(outcomeOf(() => schema.parse(data)))
    },
  )

  it('is handed on as it is, where there is much of it', () => {
    const lean = events.filter(({ schema, example }) => parsed(schema, example) === example)
    expect(lean.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        ...['traffic.page-view.recorded.v1', 'traffic.own-view.recorded.v1', 'identity.session.opened.v1'],
        ...['profiles.follow.started.v1', 'profiles.follow.ended.v1', 'notifications.email.sent.v1'],
      ]),
    )
  })

  const shapes = {
    'of few letters': z.object({ a: z.string().min(2).max(3) }),
    'of a length': z.object({ a: z.string().length(2).optional() }),
    'between numbers': z.object({ a: z.int().min(-1).max(1) }),
    'above a number': z.object({ a: z.number().gt(0).nullable() }),
    'with a rule of its own': z.object({ a: z.string().refine((text) => text !== 'x') }),
    'that is changed': z.object({ a: z.string().trim() }),
    'made a text': z.object({ a: z.coerce.string() }),
    'with a default': z.object({ a: z.string().default('x') }),
    'as an address': z.object({ a: z.url() }),
    'with two patterns': z.object({ a: z.string().regex(/a/).regex(/b/) }),
    'with a rule for all': z.object({ a: z.string() }).refine(({ a }) => a !== 'x'),
    'with a truth that a rule refuses': z.object({ a: z.boolean().refine((is) => is) }),
    'with a rule for a text or null': z.object({
      a: z
        .string()
        .nullable()
        .refine((text) => text !== null),
    }),
    'with a rule for a text or none': z.object({
      a: z
        .string()
        .optional()
        .refine((text) => text === 'x'),
    }),
    'changed around a text or null': z.object({
      a: z
        .string()
        .nullable()
        .overwrite((text) => text && `${text}!`),
    }),
    'changed around a text or none': z.object({
      a: z
        .string()
        .optional()
        .overwrite((text) => text && `${text}!`),
    }),
    'with a rule for what may be absent': z.object({
      a: z
        .object({})
        .optional()
        .refine((held) => held === undefined),
    }),
    'with a pattern that sticks': z.object({ a: z.string().regex(/x/y) }),
    'with whatever else': z.looseObject({ a: z.boolean() }),
    'and no more': z.strictObject({ a: z.boolean() }),
    'in itself': z.object({ a: z.object({ a: z.number().optional() }) }),
  }
  it.each(Object.entries(shapes))('%s is what Zod makes of it', (_, schema) => {
    for (const data of [...mutations({ a: 'x' }), { a: 'x' }, { a: 'ax' }, { a: true }, { a: false }, {}])
      expect(outcomeOf(() => parsed(schema, data))).toStrictEqual(outcomeOf(() => schema.parse(data)))
  })
})

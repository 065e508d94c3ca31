import mongoose, { Schema } from 'mongoose'
import { PlainFields } from './plain-fields.js'

const schema = new Schema(
  {
    _id: String,
    text: { type: String, required: true },
    count: { type: Number, required: true },
    at: { type: Date, default: null },
    flag: Boolean,
    names: [String],
    parts: [new Schema({ name: String }, { _id: false })],
    any: Schema.Types.Mixed,
    events: { type: [Schema.Types.Mixed], default: undefined },
    kind: { type: String, enum: ['a', 'b'] },
    trimmed: { type: String, trim: true },
    kinds: [{ type: String, enum: ['a', 'b'] }],
    small: [{ type: String, lowercase: true }],
    certain: [{ type: String, required: true }],
    rows: [[Number]],
  },
  { strict: 'throw', versionKey: false, minimize: false, id: false },
)
const plain = new PlainFields(schema)
const Documents = mongoose.model('documents', schema)
const none = { parts: [], kinds: [], small: [], certain: [], rows: [] }
const whole = { _id: '1', text: 'a', count: 1, at: new Date(1), names: ['b'], ...none }

it.each([
  {},
  { at: null, names: [] },
  { flag: true, any: { deep: [1, null, 'x'] }, events: [{ id: '1' }] },
  { names: [null, 'c', ''], certain: ['d'], rows: [[1, 2], []] },
])('takes what mongoose stores as it is: %j', async (more) => {
  const document = { ...whole, ...more }
  expect(plain.areWhole(document)).toBe(true)
  expect(new Documents(document).toObject()).toEqual(document)
  await expect(new Documents(document).validate()).resolves.toBeUndefined()
})

it.each([
  ['an unknown field', { other: 1 }],
  ['another type', { count: '1' }],
  ['no number', { count: Number.NaN }],
  ['no time', { at: new Date(Number.NaN) }],
  ['null for what is required', { text: null }],
  ['an empty text for what is required', { text: '' }],
  ['an absent value', { flag: undefined }],
  ['an absent part', { any: { deep: undefined } }],
  ['an item of another type', { names: [1] }],
  ['documents within documents', { parts: [{ name: 'c' }] }],
  ['a value with a rule', { kind: 'a' }],
  ['an item against a rule', { kinds: ['zzz'] }],
  ['an item that is written otherwise', { small: ['A'] }],
  ['null for an item that is required', { certain: [null] }],
  ['an empty text for an item that is required', { certain: ['d', ''] }],
  ['an absent item', { names: [undefined] }],
  ['no row', { rows: [1] }],
  ['a name that mongoose does not copy', { any: { deep: JSON.parse('{ "__proto__": 1 }') as object } }],
  ['a name of an object', { events: [{ constructor: 1 }] }],
  ['a value that is written otherwise', { trimmed: ' a' }],
])('leaves %s to mongoose', (_, more) => {
  expect(plain.areWhole({ ...whole, ...more })).toBe(false)
  expect(plain.areSet(more)).toBe(false)
})

it.each(['text', 'count', 'at', 'names', 'parts'])('leaves a document without %s to mongoose', (name) => {
  const { [name]: _, ...rest } = whole as Record<string, unknown>
  expect(plain.areWhole(rest)).toBe(false)
  expect(plain.areSet(rest)).toBe(true)
})

it('leaves documents with fields of fields to mongoose', () => {
  const nested = new PlainFields(new Schema({ _id: String, of: { name: String } }))
  expect(nested.areWhole({ _id: '1', of: { name: 'd' } })).toBe(false)
  expect(nested.areWhole({ _id: '1' })).toBe(false)
})

it('takes bytes without a look at each', () => {
  const bytes = Buffer.from('bytes')
  const each = jest.spyOn(Object, 'entries')
  try {
    expect(plain.areSet({ any: { bytes } })).toBe(true)
    expect(each).not.toHaveBeenCalledWith(bytes)
  } finally {
    each.mockRestore()
  }
})

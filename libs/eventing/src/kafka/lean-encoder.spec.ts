import fc from 'fast-check'
import encodeRecord from 'kafkajs/src/protocol/recordBatch/record/v0/index.js'
import Encoder from 'kafkajs/src/protocol/encoder.js'
import { runs } from '../../test/model/runs.js'

const text = fc.oneof(fc.string({ maxLength: 80 }), fc.string({ minLength: 400, maxLength: 2_000, unit: 'grapheme' }))
const records = fc.record({
  key: fc.oneof(fc.constant(null), text),
  value: fc.oneof(fc.constant(null), text),
  headers: fc.dictionary(fc.string({ maxLength: 70 }), text, { maxKeys: 10 }),
  offsetDelta: fc.nat(100_000),
  timestampDelta: fc.nat(),
})

describe("kafkajs's encoder, made lean", () => {
  const { numRuns, ...from } = runs(200)
  const some = fc.sample(records, { ...from, numRuns: numRuns! })
  const numbers = [0, 1, 63, 64, 127, 128, 16_383, 16_384, 2 ** 31 - 1, -1, -(2 ** 31)]
  const bytes = () => [
    ...some.map((record) => encodeRecord(record).buffer.toString('base64')),
    ...numbers.map((n) => new Encoder().writeUVarInt(n).buffer.toString('base64')),
  ]
  const grownTo = (length: number) => new Encoder().writeVarIntString('x'.repeat(length)).buf.length

  it('writes the same bytes as before, with less room for what is short', async () => {
    const before = bytes()
    expect(grownTo(20)).toBe(512)
    await import('./lean-encoder.js')
    expect(bytes()).toEqual(before)
    expect(grownTo(20)).toBe(64)
    expect(grownTo(100)).toBe(512)
    expect(grownTo(5_000)).toBe(8_192)
  })
})

import { codesOf, quickIndex, quickSteps, stepOf } from './jpeg-tables.js'

/** One code of each length, for a symbol of its own. */
const symbols = [0x01, 0x00, 0xf0, 0x1f, 0x22, 0x10, 0x05, 0xff, 0x33, 0x0a, 0xfa, 0x71, 0x81, 0x91, 0xa1, 0xb1]
const tableUpTo = (length: number) =>
  codesOf(Buffer.from([0, ...Array.from({ length: 16 }, (_, n) => (n < length ? 1 : 0)), ...symbols.slice(0, length)]))!

describe('codes that are looked up by their first bits', () => {
  it.each([1, 9, 10, 11, 16])('take the same steps as by all of them, up to %i bits', (longest) => {
    const codes = tableUpTo(longest)
    const quick = quickSteps(codes)
    const bits = Buffer.alloc(8)
    for (let first = 0; first < 1 << 16; first += 7) {
      bits.writeUInt16BE(first)
      const code = codes[first >> (16 - longest)]!
      expect(quick[quickIndex(new DataView(bits.buffer, bits.byteOffset), 0)]).toBe(code >> 8 > 10 ? 0 : stepOf(code))
    }
  })

  it.each([
    ['a value behind two zeros', 0x0521, 5 + 1, 3],
    ['sixteen zeros', 0x0bf0, 11, 16],
    ['the end of a block', 0x0200, 2, 64],
  ])('say how far %s leads', (_, code, bits, coefficients) => {
    expect([stepOf(code) & 31, stepOf(code) >> 5]).toEqual([bits, coefficients])
  })
})

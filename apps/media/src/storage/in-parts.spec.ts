import { inParts } from './in-parts.js'

const cut = async (lengths: number[], size: number) => {
  const chunks = async function* () {
    for (const length of lengths) yield Buffer.alloc(length, 1)
  }
  const parts = []
  for await (const { bytes, last } of inParts(chunks(), size)) parts.push(`${bytes.length}${last ? ' last' : ''}`)
  return parts
}

describe('a stream cut into parts', () => {
  it('is one part while it fits', async () => {
    expect(await cut([], 10)).toEqual(['0 last'])
    expect(await cut([4, 6], 10)).toEqual(['10 last'])
  })

  it('has full parts but for the last', async () => {
    expect(await cut([4, 7], 10)).toEqual(['10', '1 last'])
    expect(await cut([35], 10)).toEqual(['10', '10', '10', '5 last'])
  })
})

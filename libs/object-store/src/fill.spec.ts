import { fillFromChunks } from './fill.js'

const cut = async (lengths: number[], size: number) => {
  let n = 0
  const chunks = async function* () {
    for (const length of lengths) yield Buffer.from(Array.from({ length }, () => n++))
  }
  const [fill, target, parts] = [fillFromChunks(chunks()), Buffer.alloc(size), [] as number[][]]
  for (let filled = size; filled === size;) {
    filled = await fill(target)
    parts.push([...target.subarray(0, filled)])
  }
  return parts
}

describe('a stream cut into parts', () => {
  it('keeps its order, and ends with a part that is not full', async () => {
    expect(await cut([], 3)).toEqual([[]])
    expect(await cut([1, 1], 3)).toEqual([[0, 1]])
    expect(await cut([2, 1], 3)).toEqual([[0, 1, 2], []])
    expect(await cut([8], 3)).toEqual([
      [0, 1, 2],
      [3, 4, 5],
      [6, 7],
    ])
    expect(await cut([1, 5, 0, 1], 3)).toEqual([[0, 1, 2], [3, 4, 5], [6]])
  })
})

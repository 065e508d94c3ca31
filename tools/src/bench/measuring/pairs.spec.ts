import { shareSlower } from './pairs.js'

it('tells how often the first was slower, and how sure that is', () => {
  const pairs = Array.from({ length: 100 }, (_, n): [number, number] => (n < 66 ? [2, 1] : [1, 2]))
  const { share, from, to } = shareSlower(pairs)
  expect(share).toBe(0.66)
  expect([from.toFixed(3), to.toFixed(3)]).toEqual(['0.563', '0.745'])
})

it('counts a tie half', () => {
  expect(
    shareSlower([
      [1, 1],
      [2, 1],
      [1, 2],
    ]).share,
  ).toBe(0.5)
})

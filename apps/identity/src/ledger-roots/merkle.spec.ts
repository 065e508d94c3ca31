import { climb, leafOf, pathFrom, treeOf } from './merkle.js'
import { treeOfHeads } from './leaf.repository.js'

const heads = (n: number) => Array.from({ length: n }, (_, i) => `head ${String(i).padStart(6, '0')}`)

it.each([1, 2, 3, 7, 8, 1_023, 1_024, 1_025, 3_333])(
  'each of %i heads has a path to the root, and no other head',
  (n) => {
    const leaves = heads(n).map(leafOf)
    const root = treeOf(leaves)
    for (const i of new Set([0, 1, n >> 1, n - 1].filter((i) => i < n))) {
      const path = pathFrom(leaves, i)
      expect(climb(leaves[i]!, path)).toBe(root)
      expect(climb(leafOf('another'), path)).not.toBe(root)
    }
  },
)

it.each([0, 1, 1_024, 1_025, 5_000])('the tree over chunks of %i heads is the tree over all', (n) => {
  expect(treeOfHeads(heads(n))).toBe(treeOf(heads(n).map(leafOf)))
})

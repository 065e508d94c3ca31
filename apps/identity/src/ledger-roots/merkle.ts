import { sha256 } from '../ledger/entry-hashes.js'

export interface ProofStep {
  side: 'left' | 'right'
  hash: string
}

export const leafOf = (head: string): string => sha256(`leaf:${head}`)
const nodeOf = (left: string, right: string): string => sha256(`node:${left}:${right}`)

/** Hashes pairs, level by level; a node without a neighbour goes up as it is. */
export function treeOf(nodes: readonly string[]): string {
  let level = nodes
  while (level.length > 1) level = pairsOf(level)
  return level[0] ?? ''
}

/** What stands beside the way from one node up to the root. */
export function pathFrom(nodes: readonly string[], index: number): ProofStep[] {
  const path: ProofStep[] = []
  for (let [level, i] = [nodes, index]; level.length > 1; [level, i] = [pairsOf(level), i >> 1]) {
    const hash = level[i ^ 1]
    if (hash !== undefined) path.push({ side: i % 2 === 1 ? 'left' : 'right', hash })
  }
  return path
}

function pairsOf(level: readonly string[]): string[] {
  const pairs: string[] = []
  for (let i = 0; i < level.length; i += 2)
    pairs.push(i + 1 < level.length ? nodeOf(level[i]!, level[i + 1]!) : level[i]!)
  return pairs
}

export const climb = (leaf: string, path: readonly ProofStep[]): string =>
  path.reduce((node, { side, hash }) => (side === 'left' ? nodeOf(hash, node) : nodeOf(node, hash)), leaf)

/** The root of a day stands on that of the day before, so that one root vouches for all days up to its own. */
export const rootOf = (day: string, previousRoot: string | null, tree: string, entries: number): string =>
  sha256(`root:${day}:${previousRoot ?? ''}:${tree}:${entries}`)

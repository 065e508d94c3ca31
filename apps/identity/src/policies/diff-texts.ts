import { diffLines, diffWordsWithSpace } from 'diff'

export interface TextChange {
  kind: 'same' | 'removed' | 'added'
  text: string
}

/** Two texts with fewer edits are compared in a moment; the time grows with the square of the edits. */
const MAX_WORD_EDITS = 1_000
const MAX_LINE_EDITS = 500

/** Word by word; texts that have little in common line by line, and those that have nothing as a whole. */
export function diffTexts(from: string, to: string): TextChange[] {
  const changes =
    diffWordsWithSpace(from, to, { maxEditLength: MAX_WORD_EDITS }) ??
    diffLines(from, to, { maxEditLength: MAX_LINE_EDITS })
  if (!changes) return [removed(from), added(to)]
  return changes.map((change) => {
    if (change.removed) return removed(change.value)
    return change.added ? added(change.value) : { kind: 'same', text: change.value }
  })
}

const removed = (text: string): TextChange => ({ kind: 'removed', text })
const added = (text: string): TextChange => ({ kind: 'added', text })

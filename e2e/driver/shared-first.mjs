import { readFileSync } from 'node:fs'
import Sequencer from '@jest/test-sequencer'

const isShared = ({ path }) => readFileSync(path, 'utf8').includes('sharedSystem(')

/** Files that share a system are run one after the other, so that it ends before the others start theirs. */
export default class SharedFirst extends Sequencer {
  sort(tests) {
    return tests.toSorted((a, b) => isShared(b) - isShared(a) || a.path.localeCompare(b.path))
  }
}

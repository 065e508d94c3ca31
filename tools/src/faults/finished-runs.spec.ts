import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FinishedRuns } from './finished-runs.js'
import { summary } from './summary.js'

describe('the record of finished runs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mpics-runs-'))
  const file = join(folder, 'deep/runs.jsonl')
  afterAll(() => rmSync(folder, { recursive: true }))
  beforeEach(() => new FinishedRuns(file).forget())
  const run = (what: string, seed: number, ok = true) => ({ what, seed, ok, seconds: 2 })

  it('is found by the next call', () => {
    new FinishedRuns(file).add(run('a', 1))
    new FinishedRuns(file).add(run('b', 2, false))
    expect(new FinishedRuns(file).of('b')).toMatchObject([run('b', 2, false)])
  })

  it('passes over a line that was being written when the process died', () => {
    new FinishedRuns(file).add(run('a', 1))
    appendFileSync(file, '{"what":"a","se')
    expect(new FinishedRuns(file).all()).toHaveLength(1)
  })

  it('sums up, with the command that repeats what failed', () => {
    const text = summary([run('a', 1), run('a', 2, false), run('b', 3)])
    expect(text).toContain('a: 1 of 2 runs')
    expect(text).toContain('SEED=2 npm run faults -- --only "a"')
    expect(text.endsWith('2 passed, 1 failed')).toBe(true)
  })
})

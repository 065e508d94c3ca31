import { UserFacingError } from '../environment/user-facing-error.js'
import { lacking, NAMED, selected, wantedRuns } from './selection.js'
import { repeat } from './summary.js'

describe('what npm run faults runs', () => {
  it('is everything, or what has the words in it', () => {
    expect(selected()).toContain(NAMED)
    expect(selected('upload.afterStore')).toEqual(['media at upload.afterStore'])
  })

  it('is never nothing', () => {
    expect(() => selected('SIGTERM')).toThrow(UserFacingError)
    expect(() => selected('SIGTERM')).toThrow('media at upload.afterStore')
    for (const seeds of ['0', 'many', '1.5']) expect(() => wantedRuns(NAMED, seeds)).toThrow(UserFacingError)
  })

  it('is what the printed command repeats', () => {
    for (const what of selected()) {
      const only = /--only "(.+)"$/.exec(repeat({ what, seed: 1 }))?.[1]
      expect(selected(only)).toEqual([what])
    }
  })
})

describe('a matrix', () => {
  const run = (what: string, ok = true) => ({ what, seed: 1, ok, seconds: 2 })

  it('lacks nothing when each was run as often as wanted, and passed', () => {
    expect(lacking('a', 2, [run('a'), run('b', false), run('a')])).toEqual([])
  })

  it('lacks what was never recorded, since nothing ran', () => {
    expect(lacking('a', 2, [run('b')])).toEqual(['a: only 0 of 2 runs came to an end'])
  })

  it('lacks what failed', () => {
    expect(lacking('a', 2, [run('a'), run('a', false)])).toEqual(['a: 1 runs failed'])
  })
})

import { root } from '../environment/root.js'
import { choose } from './choose.js'
import { sections } from './steps.js'

describe('what npm test runs', () => {
  const all = sections(root)
  const chosen = (...words: string[]) => {
    const { sections: found, said } = choose(root, all, words)
    return { steps: found.flatMap(({ steps }) => steps.map(({ name }) => name)), said, found }
  }

  it('is everything, or the steps that have all the words', () => {
    expect(chosen().steps).toEqual(all.flatMap(({ steps }) => steps.map(({ name }) => name)))
    expect(chosen('integration', 'identity')).toMatchObject({ steps: ['integration identity'], said: [] })
  })

  it('is one file of a step, or tests by their title, and it says which', () => {
    const file = chosen('integration', 'identity', 'registration')
    expect(file.said).toEqual(['integration identity: test/registration.int-spec.ts'])
    expect(file.found[0]!.steps[0]!.args.slice(-2)).toEqual(['--runTestsByPath', 'test/registration.int-spec.ts'])
    const title = chosen('unit', 'tools', 'one', 'file', 'of', 'a', 'step')
    expect(title.said).toEqual(['unit tools: src/test/choose.spec.ts, tests with “one file of a step”'])
    expect(title.found[0]!.steps[0]!.args).toEqual(expect.arrayContaining(['-t', 'one file of a step']))
  })

  it('is never nothing: an unknown word is told, with what there is', () => {
    expect(() => chosen('unit', 'tools', 'nosuch' + 'word')).toThrow(
      /No file or test of unit tools .*src\/test\/choose.spec.ts/,
    )
    expect(() => chosen('nosuch' + 'word')).toThrow(/The steps are: types, Python environments/)
  })
})

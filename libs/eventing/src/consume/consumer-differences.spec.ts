import type { Consumption } from '@mpics/contracts/catalogue'
import { counted, told } from '../../test/model/facts.js'
import { consumerDifferences, type DeclaredHandler } from './consumer-differences.js'

const row: Consumption = {
  service: 'media',
  event: told,
  reaction: 'do-it-on-fact',
  idempotence: 'once',
  delivery: 'shared',
}
const handler: DeclaredHandler = { event: told, name: 'DoItOnFact', idempotence: 'once', delivery: 'shared' }

describe('the table of consumers, compared with the handlers', () => {
  it('agrees with itself, and does not mind the rows of other services', () => {
    expect(consumerDifferences('media', [handler], [row, { ...row, service: 'profiles', reaction: 'x' }])).toEqual([])
  })

  it.each([
    ['idempotence', { ...handler, idempotence: 'natural' as const }, '"natural, shared"'],
    ['delivery', { ...handler, delivery: 'every-replica' as const }, '"once, every-replica"'],
  ])('differs in %s', (_what, declared, said) => {
    const [sentence, ...others] = consumerDifferences('media', [declared], [row])
    expect(sentence).toMatch(/^media: DoItOnFact handles .*says "once, shared": correct .*consumers\.ts\.$/)
    expect(sentence).toContain(said)
    expect(others).toEqual([])
  })

  it('names the former names of a reaction as the handler does', () => {
    const renamed = { ...handler, formerly: ['DoItOnce'] }
    expect(consumerDifferences('media', [renamed], [{ ...row, formerly: ['do-it-once'] }])).toEqual([])
    for (const [declared, said] of [
      [renamed, row],
      [handler, { ...row, formerly: ['do-it-once'] }],
    ] as const)
      expect(consumerDifferences('media', [declared], [said])).toEqual([expect.stringContaining('formerly do-it-once')])
  })

  it('lacks a row for a handler, and a handler for a row; another event is another consumer', () => {
    const sentences = consumerDifferences('media', [{ ...handler, event: counted }], [row])
    expect(sentences).toEqual([
      expect.stringMatching(/^media: DoItOnFact handles .*has no row for it: add do-it-on-fact to .*consumers\.ts/),
      expect.stringMatching(/^media: no handler exists for do-it-on-fact on .*: list its class/),
    ])
  })
})

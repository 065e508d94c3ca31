import { media } from '@mpics/contracts'
import { Reaction, Reactions } from './reaction.js'

describe('what a group lets Kafka hold back', () => {
  const gatherMs = (...named: (number | undefined)[]) => {
    const traits = { name: 'Hears', idempotence: 'natural' as const }
    const reactions = named.map((ms) => new Reaction(media.photoErased, { ...traits, gatherMs: ms }, jest.fn()))
    return new Reactions(reactions).gatherMs
  }

  it.each([
    ['the least that is named', [450, 200], 200],
    ['what one names, for the others with it', [450, undefined], 450],
    ['nothing, as soon as one names 0', [450, 0], 0],
    ['nothing, while none names any', [undefined], 0],
  ])('is %s', (_, named, expected) => {
    expect(gatherMs(...named)).toBe(expected)
  })
})

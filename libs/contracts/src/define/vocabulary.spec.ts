import { z } from 'zod'
import { vocabulary } from './vocabulary.js'

const colours = vocabulary('colour', { red: 'of blood', 'sky-blue': 'of the sky' })

describe('a vocabulary', () => {
  it('takes any word of its form from an event, and only known ones from a caller', () => {
    expect(colours.open.safeParse('green').success).toBe(true)
    expect(colours.strict.safeParse('green').success).toBe(false)
    for (const text of ['', 'Green', 'green!', 'g'.repeat(61)]) expect(colours.open.safeParse(text).success).toBe(false)
  })

  it('tells known words from others, also from what every object has', () => {
    expect(['red', 'sky-blue', 'green', 'constructor'].filter(colours.isKnown)).toEqual(['red', 'sky-blue'])
  })

  it('cannot be defined with a word that is not of its form', () => {
    expect(() => vocabulary('colour', { 'Dark Red': '' })).toThrow(/Dark Red/)
  })

  it('is released as text of a form, with the known words beside it', () => {
    expect(z.toJSONSchema(colours.open)).toMatchObject({
      type: 'string',
      maxLength: 60,
      pattern: expect.any(String) as string,
    })
  })
})

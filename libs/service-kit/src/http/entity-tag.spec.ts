import { entityTag, requireMatch } from './entity-tag.js'

const current = { a: 1, b: [2] }

describe('requireMatch', () => {
  it.each([undefined, '*', entityTag({ b: [2], a: 1 }), `"other", W/${entityTag(current)}`])(
    'lets %s pass',
    (given) => {
      expect(() => requireMatch(given, current)).not.toThrow()
    },
  )

  it.each(['"other"', '', entityTag({ a: 1, b: [3] })])('refuses %s', (given) => {
    expect(() => requireMatch(given, current)).toThrow(expect.objectContaining({ code: 'precondition-failed' }))
  })
})

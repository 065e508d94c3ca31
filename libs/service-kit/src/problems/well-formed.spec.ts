import { MAX_JSON_DEPTH } from './json-depth.js'
import { brokenTextsOf, replacedTextsOf } from './well-formed.js'

const HALF = '\ud83d'
const nested = (depth: number, inside: unknown): unknown => (depth === 0 ? inside : [nested(depth - 1, inside)])
const found = (value: unknown) => brokenTextsOf(value).map(({ path, code }) => `${path} ${code}`)

describe('texts that no encoding writes', () => {
  it.each([
    [HALF, [' not-well-formed']],
    [{ views: [{ page: '/' }, { page: `/${HALF}` }] }, ['views.1.page not-well-formed']],
    [{ a: { [HALF]: 1, fine: HALF } }, ['a not-well-formed', 'a.fine not-well-formed']],
    [nested(MAX_JSON_DEPTH + 1, 'x'), [`${'0.'.repeat(MAX_JSON_DEPTH).slice(0, -1)} invalid`]],
    [nested(MAX_JSON_DEPTH, 'x'), []],
    [{ page: '/\ud83d\ude00', n: 1, none: null, list: [true, '\ufffd'] }, []],
  ])('are told of in %j', (value, issues) => expect(found(value)).toEqual(issues))

  it('are others than those that a parser has replaced', () => {
    expect(replacedTextsOf({ title: ['fine', 'a\ufffd'] })).toMatchObject([{ path: 'title.1' }])
    expect(replacedTextsOf({ title: HALF })).toEqual([])
  })
})

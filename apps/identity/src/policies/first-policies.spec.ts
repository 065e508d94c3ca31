import { createHash } from 'node:crypto'
import { publicApis } from '@mpics/contracts/catalogue'
import { firstPolicies } from './first-policies.js'

const textOf = (document: string) => firstPolicies().findLast((p) => p.document === document)?.text ?? ''
const day = (document: string) =>
  firstPolicies()
    .filter((p) => p.document === document)
    .map((p) => p.effectiveAt.toISOString())

it('says the privacy policy word for word as it was on 2015-03-14', () => {
  const words = textOf('privacy').split(/\s+/).filter(Boolean).join(' ')
  expect(createHash('sha256').update(words).digest('hex')).toBe(
    'ca6ae990c5a4119083d5bddc0cb2531736b1a9838335f75bbbf9fe8dbfafef54',
  )
})

it('has no line that Markdown would take for code', () => {
  expect(textOf('privacy')).not.toMatch(/^ {4}/m)
})

it('B67 has Terms, and both from the same day', () => {
  expect(textOf('terms')).toMatch(/^# Terms of Use/)
  expect([day('privacy')[0], day('terms')[0]]).toEqual(Array(2).fill('2015-03-14T00:00:00.000Z'))
})

describe('the Terms in force', () => {
  it('say nothing of the marks in their source', () => expect(textOf('terms')).not.toMatch(/<!--|-->|shown by/))

  it('name what is not there as long as no call does it', () => {
    const paths = publicApis.map(({ path }) => path).join('\n')
    const missing = { messages: /messages|inbox/, comments: /comments/, report: /reports/ }
    for (const [word, path] of Object.entries(missing)) {
      expect(textOf('terms')).toMatch(new RegExp(`(no|nor)[^.]* ${word}`, 'i'))
      expect(paths).not.toMatch(path)
    }
  })
})

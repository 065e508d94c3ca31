import { createHash } from 'node:crypto'
import { firstPolicies } from './first-policies.js'

const textOf = (document: string) => firstPolicies().find((p) => p.document === document)?.text ?? ''

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
  expect(firstPolicies().map((p) => p.effectiveAt.toISOString())).toEqual(Array(2).fill('2015-03-14T00:00:00.000Z'))
})

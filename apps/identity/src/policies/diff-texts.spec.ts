import fc from 'fast-check'
import { diffTexts } from './diff-texts.js'

const without = (kind: string, from: string, to: string) =>
  diffTexts(from, to)
    .filter((change) => change.kind !== kind)
    .map(({ text }) => text)
    .join('')

it('names the words that differ', () => {
  expect(diffTexts('We keep your address.', 'We never keep your address.')).toEqual([
    { kind: 'same', text: 'We ' },
    { kind: 'added', text: 'never ' },
    { kind: 'same', text: 'keep your address.' },
  ])
})

const words = fc.array(fc.constantFrom('we', 'keep', 'ä', '👩‍👧', ' ', '\n', '<b>', '__proto__', '.'), { maxLength: 60 })
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  words.map((all) => all.join('')),
)

it('gives both texts back, whatever they are', () => {
  fc.assert(
    fc.property(text, text, (from, to) => {
      expect([without('added', from, to), without('removed', from, to)]).toEqual([from, to])
    }),
  )
})

it('gives back long texts that have nothing in common', () => {
  const [from, to] = ['a', 'b'].map((letter) => Array.from({ length: 20_000 }, (_, i) => `${letter}${i}`))
  for (const joint of [' ', '\n']) {
    const [one, other] = [from!.join(joint), to!.join(joint)]
    expect([without('added', one, other), without('removed', one, other)]).toEqual([one, other])
  }
})

import { tag } from './photo.js'

describe('a tag', () => {
  it.each([
    ['می‌خواهم', 'می‌خواهم'],
    ['ශ්‍රී ලංකා', 'ශ්‍රී ලංකා'],
    ['Paral·lel', 'paral·lel'],
    ["L'Hospitalet", "l'hospitalet"],
    ['rock ’n’ roll', 'rock ’n’ roll'],
    ['ローマ・カトリック', 'ローマ・カトリック'],
    ['צה״ל', 'צה״ל'],
    ['മലയാളം അവന്\u200D', 'മലയാളം അവന്\u200D'],
    ['می\u200C خواهم\u200C ', 'می خواهم'],
    ['black-and_white 2', 'black-and_white 2'],
  ])('%s is kept as %s', (typed, kept) => expect(tag.parse(typed)).toBe(kept))

  it.each([
    '\u200Cabc',
    'abc\u200D',
    'abc\u200C\u200C',
    'a\u3164',
    'a\uFE0F',
    'a\u034Fb',
    'a\u200D\uFE0F',
    'a\u200C\u200Cb',
    'a \u200Db',
    '\u3164',
    '\u115Fa',
    'a\u200Bb',
    'a\u202Eb',
    '·',
    'a,b',
    'a/b',
  ])('%j is none', (typed) => expect(tag.safeParse(typed).success).toBe(false))
})

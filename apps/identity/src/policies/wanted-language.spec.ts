import { wantedLanguage } from './wanted-language.js'

it.each([
  [undefined, undefined, 'en'],
  ['de', 'en', 'de'],
  ['DE-at', undefined, 'de'],
  ['fr', 'de', 'en'],
  [undefined, 'de-CH,de;q=0.9,en;q=0.8', 'de'],
  [undefined, 'fr, en;q=0.3, de;q=0.7', 'de'],
  [undefined, 'de;q=0, en;q=0.1', 'en'],
  [undefined, '*, ;q=x,de;q=nothing;;', 'de'],
  [undefined, `${'x,'.repeat(50)}de`, 'en'],
])('?locale=%s and Accept-Language: %s get %s', (locale, header, language) =>
  expect(wantedLanguage(locale, header)).toBe(language),
)

import { directionOf, languageCodes, languageOf, languages } from './languages.js'

describe('languages', () => {
  it.each([
    ['de', 'de'],
    ['de-AT', 'de'],
    ['DE-Latn-CH', 'de'],
    ['en-US', 'en'],
    ['tlh', 'en'],
    ['constructor', 'en'],
    ['', 'en'],
    [undefined, 'en'],
  ])('%s is answered in %s', (tag, language) => expect(languageOf(tag)).toBe(language))

  it('each has formats that the runtime knows, and a direction', () => {
    for (const code of languageCodes) {
      expect(Intl.DateTimeFormat.supportedLocalesOf(languages[code].formats)).toHaveLength(1)
      expect(['ltr', 'rtl']).toContain(directionOf(code))
    }
  })
})

import { type Language, languages } from '@mpics/contracts'

/** For example `1 time`, `1,234 times`. */
export function countIn(language: Language): (count: number, one: string, many: string) => string {
  const format = new Intl.NumberFormat(languages[language].formats)
  return (count, one, many) => `${format.format(count)} ${count === 1 ? one : many}`
}

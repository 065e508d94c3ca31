import { type Language, languages } from '@mpics/contracts'

/** For example `1 time`, `1,234 times`. */
export function countIn(language: Language): (count: number, one: string, many: string) => string {
  let format: Intl.NumberFormat | undefined
  const formatted = (count: number) => (format ??= new Intl.NumberFormat(languages[language].formats)).format(count)
  return (count, one, many) => `${formatted(count)} ${count === 1 ? one : many}`
}

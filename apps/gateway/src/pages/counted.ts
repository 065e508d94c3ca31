import { type Language, languages } from '@mpics/contracts'

const formats: Partial<Record<Language, Intl.NumberFormat>> = {}

/** For example `1 time`, `1,234 times`. */
export function counted(language: Language, count: number, one: string, many: string): string {
  const format = (formats[language] ??= new Intl.NumberFormat(languages[language].formats))
  return `${format.format(count)} ${count === 1 ? one : many}`
}

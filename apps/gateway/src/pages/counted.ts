import { pageFormats } from './page-language.js'

const number = new Intl.NumberFormat(pageFormats)

/** For example `1 time`, `1,234 times`. */
export const counted = (count: number, one: string, many: string): string =>
  `${number.format(count)} ${count === 1 ? one : many}`

const number = new Intl.NumberFormat('en')

/** For example `1 time`, `1,234 times`. */
export const counted = (count: number, one: string, many: string): string =>
  `${number.format(count)} ${count === 1 ? one : many}`

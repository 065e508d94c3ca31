import { DEFAULT_LANGUAGE, type Language, languageCodes } from '@mpics/contracts'

/** More ranges than browsers send; a stranger’s list costs no more. */
const MAX_RANGES = 20

/** The language that a caller asks for by name, or prefers by `Accept-Language` (RFC 9110 §12.5.4), among those that are spoken here. */
export function wantedLanguage(locale: string | undefined, acceptLanguage = ''): Language {
  if (locale !== undefined) return spoken(locale) ?? DEFAULT_LANGUAGE
  const ranges = acceptLanguage.split(',', MAX_RANGES).map(rangeOf)
  const liked = ranges.filter(({ weight }) => weight > 0).toSorted((a, b) => b.weight - a.weight)
  return liked.map(({ tag }) => spoken(tag)).find((language) => language !== undefined) ?? DEFAULT_LANGUAGE
}

function spoken(tag: string): Language | undefined {
  const primary = tag.trim().split('-', 1)[0]?.toLowerCase()
  return languageCodes.find((code) => code === primary)
}

function rangeOf(range: string) {
  const [tag = '', ...parameters] = range.split(';')
  const weight = parameters.map((parameter) => /^\s*q=([\d.]{1,5})\s*$/i.exec(parameter)?.[1]).find(Boolean)
  return { tag, weight: weight === undefined ? 1 : Number(weight) || 0 }
}

import { gateway } from '@mpics/contracts'

/** CLDR’s languages: a subtag that it has no name for may be anything. */
const languages = () => new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })
let known: Intl.DisplayNames | undefined
const isLanguage = (tag: string): boolean => /^[a-z]{2,3}$/.test(tag) && (known ??= languages()).of(tag) !== undefined

/** Reads the primary subtag of the preferred language (RFC 9110 §12.5.4); finer subtags help to recognise a visitor. */
export function preferredLanguageOf(acceptLanguage: string | undefined): string | null {
  if (!acceptLanguage) return null
  const first = acceptLanguage
    .slice(0, gateway.agentViewReads.language)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const quality = parameters.map((p) => /^\s*q=([\d.]+)\s*$/.exec(p)?.[1]).find(Boolean)
      return { tag: tag.split('-')[0]!.toLowerCase(), quality: Number(quality ?? 1) }
    })
    .filter(({ tag, quality }) => isLanguage(tag) && quality > 0)
    .sort((a, b) => b.quality - a.quality)[0]
  return first?.tag ?? null
}

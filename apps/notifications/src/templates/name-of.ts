import { isBlank } from '@mpics/contracts'

const BREAKS = /[\p{Cc}\u2028\u2029]+/gu
/** Signs of no width, but those that belong to words and emoji: joiners, variation selectors, the tags of flags. */
const SIGNS =
  /(?![\u034F\u200C\u200D\p{Variation_Selector}\u{E0020}-\u{E007F}])[\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFC]/gu
/**
 * Mail programs turn such text into a link: a scheme, a host name, an address, a network share, an address of digits, a telephone
 * number. It is looked for in the text as IDNA and mail programs read it.
 */
const LINK_LIKE = [
  /[\p{L}\p{N}]:\S|\/\/|\\\\|@/u,
  /[^\s.\u3002][.\u3002](?:[\p{L}\p{N}-]{2,}|\p{Nd}+[.\u3002]\p{Nd})/u,
  /(?:\p{Nd}[\s()./-]*){7}/u,
]
const MAX_LENGTH = 60

let graphemes: Intl.Segmenter | undefined
const segmentsOf = (text: string) =>
  (graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })).segment(text)

/**
 * Names a person as the reader may see them. A mail in our name must not become an
 * advertisement: a name that mail programs would turn into a link is left out, and the handle, which cannot be one, stays.
 */
export function nameOf({ fullName, handle }: { fullName: string | null; handle: string }): string {
  const name = shortened((fullName ?? '').replace(BREAKS, ' ').replace(SIGNS, '').replace(/\s+/g, ' ').trim())
  return isBlank(name) || isLinkLike(fullName ?? '') ? `@${handle}` : `${name} (@${handle})`
}

function isLinkLike(text: string): boolean {
  const read = text
    .normalize('NFKD')
    .replace(BREAKS, ' ')
    .replace(/[\p{M}\p{Default_Ignorable_Code_Point}]/gu, '')
  return LINK_LIKE.some((pattern) => pattern.test(read)) || /www\./i.test(read)
}

/** Never cuts what is seen as one character. */
function shortened(text: string): string {
  let short = ''
  for (const { segment } of segmentsOf(text)) {
    if (short.length + segment.length > MAX_LENGTH) break
    short += segment
  }
  return short.trim()
}

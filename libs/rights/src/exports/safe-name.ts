const MAX_BYTES = 80

/** Controls, marks that turn the direction of text, and halves of surrogates; what no file system takes. */
const UNFIT = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}<>:"/\\|?*]/gu
const JOINER = '\u200d'
let graphemes: Intl.Segmenter | undefined
const segmentsOf = (text: string) => (graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' })).segment(text)

/**
 * A title as a part of the name of a file on any system; '' where nothing is left. Names are unique by the id that goes before,
 * which also keeps them from being a reserved one, such as CON.
 */
export function safeName(title: string): string {
  const plain = [...segmentsOf(title.normalize('NFC'))]
    .map(({ segment }) => (isJoined(segment) ? segment : segment.replace(UNFIT, '_')))
    .join('')
  return cutTo(MAX_BYTES, plain.replace(/\s+/g, ' ').replace(/_+/g, '_')).replace(/^[ ._]+|[ ._]+$/g, '')
}

/** Emoji of several parts need their joiners. */
const isJoined = (segment: string) =>
  segment.includes(JOINER) && segment.replaceAll(JOINER, '').replace(UNFIT, '') === segment.replaceAll(JOINER, '')

function cutTo(bytes: number, text: string): string {
  let [kept, length] = ['', 0]
  for (const { segment } of segmentsOf(text)) {
    length += Buffer.byteLength(segment)
    if (length > bytes) return kept
    kept += segment
  }
  return kept
}

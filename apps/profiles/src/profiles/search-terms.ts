import { maySee, profiles } from '@mpics/contracts'
import type { Profile } from './profile.js'

const MAX_WORDS = 8

/** Letters that Unicode does not take apart, as people without them on the keyboard write them (CLDR, Latin-ASCII). */
const PLAIN: ReadonlyMap<string, string> = new Map(
  "æae œoe ßss þth ðd đd øo łl ħh ŧt ŋn ıi ĸq ɓb ƀb ƈc ɖd ɗd ɛe əe ƒf ɠg ǥg ɣg ɨi ƙk ƚl ɲn ɔo ɵo ƥp ʈt ƭt ʉu ʋv ƴy ƶz ςσ ’' ʼ' ‘'"
    .split(' ')
    .map(([letter, ...plain]) => [letter!, plain.join('')]),
)
const TO_PLAIN = new RegExp(`[${[...PLAIN.keys()].join('')}]`, 'gu')

/** Without accents, signs of no width and capitals (Unicode NFKD); once more after the case, since İ gains a dot by it. */
const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{M}\p{DI}]/gu, '')
    .replace(TO_PLAIN, (letter) => PLAIN.get(letter)!)

const inWords = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()

/** One form for all ways to write a name: an apostrophe is within a word. */
const normalise = (text: string): string => inWords(folded(text).replaceAll("'", ''))

/** The form that replicas and documents of earlier releases know alone. */
const earlier = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s,]+/g, ' ')
    .trim()

/** The beginnings that a search looks for: of a name, and of a handle, which has marks of its own. */
export function searchedTerms(q: string): string[] {
  const typed = q.replace(/^\s*[@\uFF20]/, '').trim()
  const name = normalise(typed)
  const terms = [`${name}${/[-_]$/.test(typed) ? ' ' : ''}`, folded(typed), earlier(typed)]
  return [...new Set(name === '' ? terms.slice(1) : terms)]
}

/**
 * A search finds a profile by its handle, and by its name from each word on as long as everybody may see the name. The terms
 * are part of the profile's document, so that hiding a name takes it out of the search in the same write.
 */
export function searchTerms(profile: Profile): string[] {
  const names = searchedBy('words').flatMap((f) => termsOf(publicText(profile, f)))
  return [...new Set([profile.handle.toLowerCase(), ...names])]
}

/** With and without a break at apostrophes: both `obrien` and `brien` begin a word of O’Brien. */
const termsOf = (name: string): string[] => [normalise(name), inWords(folded(name))].flatMap(fromEachWord)

function fromEachWord(name: string): string[] {
  const words = name.split(' ').filter(Boolean)
  return words.slice(0, MAX_WORDS).map((_, i) => words.slice(i).join(' '))
}

const searchedBy = (way: 'words' | 'place') =>
  profiles.profileFieldNames.filter(
    (f) => 'search' in profiles.profileFields[f] && profiles.profileFields[f].search === way,
  )

const publicText = (profile: Profile, field: profiles.ProfileField): string => {
  const value = maySee('visitor', profile.visibility[field]) ? profile[field] : null
  return typeof value === 'string' ? value : ''
}

/** The place that a profile names (its first part: "Utrecht" of "Utrecht, Netherlands"), if everybody may see it. */
export const publicPlace = (profile: Profile): string | null =>
  maySee('visitor', profile.visibility.location) ? placeOf(profile) : null

const placeOf = ({ location }: Pick<Profile, 'location'>): string | null =>
  folded(firstPart(location)).replace(/\s+/g, ' ').trim() || null

/** Every form in which documents may have the place of a profile; none where it names no place. */
export function placesLike(profile: Pick<Profile, 'location'>): string[] {
  const place = placeOf(profile)
  return place === null ? [] : [...new Set([place, earlier(firstPart(profile.location))])]
}

const firstPart = (location: string | null): string => (location ?? '').split(',', 1)[0]!

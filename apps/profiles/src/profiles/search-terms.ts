import { maySee, profiles } from '@mpics/contracts'
import type { Profile } from './profile.js'

const MAX_WORDS = 8

/** One form for all ways to write a word: without accents, capitals and double spaces (Unicode NFKD). */
export const normalise = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s,]+/g, ' ')
    .trim()

/**
 * A search finds a profile by its handle, and by its name from each word on as long as everybody may see the name. The terms
 * are part of the profile's document, so that hiding a name takes it out of the search in the same write.
 */
export function searchTerms(profile: Profile): string[] {
  const names = searchedBy('words').flatMap((f) => fromEachWord(publicText(profile, f)))
  return [...new Set([profile.handle.toLowerCase(), ...names])]
}

function fromEachWord(name: string): string[] {
  const words = normalise(name).split(' ').filter(Boolean)
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

export const placeOf = (profile: Profile): string | null => normalise(profile.location?.split(',')[0] ?? '') || null

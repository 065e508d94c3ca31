import { profiles } from '@mpics/contracts'
import type { Profile } from './profile.js'
import { publicPlace, searchTerms } from './search-terms.js'

const profile = (fullName: string | null, more: Partial<Profile> = {}): Profile => ({
  id: '01931f3e-0000-7000-8000-000000000001',
  handle: 'ana',
  ...profiles.emptyProfile,
  fullName,
  visibility: profiles.defaultAudiences,
  createdAt: new Date(0),
  ...more,
})

describe('searchTerms', () => {
  it('finds by handle and by every word of the name, however it is written', () => {
    expect(searchTerms(profile('José María  Ñandú'))).toEqual(['ana', 'jose maria nandu', 'maria nandu', 'nandu'])
  })

  it.each(['members', 'followers', 'me'] as const)('B41 forgets a name that only %s may see', (fullName) => {
    expect(searchTerms(profile('José', { visibility: { ...profiles.defaultAudiences, fullName } }))).toEqual(['ana'])
  })
})

describe('publicPlace', () => {
  it('is the first part of the location, while everybody may see it', () => {
    expect(publicPlace(profile(null, { location: 'Zürich , Switzerland' }))).toBe('zurich')
    expect(publicPlace(profile(null))).toBeNull()
    const hidden = { ...profiles.defaultAudiences, location: 'members' as const }
    expect(publicPlace(profile(null, { location: 'Zürich', visibility: hidden }))).toBeNull()
  })
})

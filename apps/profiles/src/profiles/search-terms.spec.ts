import { profiles } from '@mpics/contracts'
import type { Profile } from './profile.js'
import { placesLike, publicPlace, searchedTerms, searchTerms } from './search-terms.js'

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

  it.each([
    ['İpek Işık', ['ışık', 'isik', 'IŞIK', 'ipek']],
    ['Łukasz Żółw', ['lukasz', 'zolw', 'Łuk']],
    ['Anna Straßer', ['strasser', 'STRASSER', 'straß']],
    ['Hans Ørsted', ['orsted', 'ørst']],
    ['Đặng Thái', ['dang', 'thai']],
    ['Æsop Þór', ['aesop', 'thor']],
    ['Müller-Lüdenscheidt', ['lüdenscheidt', 'muller-lud', 'müller l']],
    ['Jean-Luc', ['luc', 'jean-l', 'jean luc', 'jean-']],
    ['(Ann) Lee', ['ann', '(ann)', 'lee']],
    ['O’Brien', ["o'brien", 'o’brien', 'obrien', 'brien', 'o brien']],
    ["Gabriele D'Annunzio", ['d’ann', 'annunzio', 'dannunzio']],
    ['Οδυσσεύς', ['οδυσσευσ', 'ΟΔΥΣΣΕΥΣ']],
    ['Ｆｕｌｌ Wid\u00ADth', ['full', 'width']],
  ])('%s is found by each of %j', (name, queries) => {
    const terms = searchTerms(profile(name))
    const finds = (q: string) => searchedTerms(q).some((searched) => terms.some((term) => term.startsWith(searched)))
    expect(queries.filter((q) => !finds(q))).toEqual([])
    expect(['rsted', 'ukasz', 'xyz', '.*', '’'].filter(finds)).toEqual([])
  })

  it.each([
    ['Łukasz', 'łukasz zolw'],
    ['łuk', 'łukasz zolw'],
    ['Straßer', 'straßer'],
    ['Ørsted', 'ørsted'],
    ['Işık', 'isık'],
    ['O’Brien', 'o’brien'],
    ['Lee, Ann', 'lee ann'],
  ])('%s is found in what an earlier release stored: %s', (q, term) =>
    expect(searchedTerms(q).filter((searched) => term.startsWith(searched))).not.toEqual([]),
  )

  it('finds a handle by its own marks', () => {
    const terms = searchTerms({ ...profile(null), handle: 'Jean-Luc_2' })
    for (const q of ['@jean', 'JEAN-LUC_', 'jean-luc_2'])
      expect(searchedTerms(q)).toContainEqual(expect.stringMatching(/^jean/))
    expect(searchedTerms('@Jean-Luc_').some((searched) => terms[0]!.startsWith(searched))).toBe(true)
  })

  it.each(['members', 'followers', 'me'] as const)('B41 forgets a name that only %s may see', (fullName) => {
    expect(searchTerms(profile('José', { visibility: { ...profiles.defaultAudiences, fullName } }))).toEqual(['ana'])
  })
})

describe('publicPlace', () => {
  it('is the first part of the location, while everybody may see it', () => {
    expect(publicPlace(profile(null, { location: 'Zürich , Switzerland' }))).toBe('zurich')
    expect(publicPlace(profile(null, { location: 'Łódź, Polska' }))).toBe('lodz')
    expect(publicPlace(profile(null, { location: 'Baden-Baden' }))).toBe('baden-baden')
    expect(publicPlace(profile(null))).toBeNull()
    expect(placesLike({ location: 'Łódź, Polska' })).toEqual(['lodz', 'łodz'])
    expect([placesLike({ location: 'Zürich' }), placesLike({ location: ', x' })]).toEqual([['zurich'], []])
    const hidden = { ...profiles.defaultAudiences, location: 'members' as const }
    expect(publicPlace(profile(null, { location: 'Zürich', visibility: hidden }))).toBeNull()
  })
})

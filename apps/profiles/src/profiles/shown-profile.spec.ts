import { type Audience, audiences, profiles, viewerRelations } from '@mpics/contracts'
import type { Profile } from './profile.js'
import { showCard, showProfile } from './shown-profile.js'

const ana = (audience: Audience): Profile => ({
  id: '01931f3e-0000-7000-8000-000000000001',
  handle: 'ana',
  ...(profiles.forEachField((name) => profiles.profileFields[name].example) as unknown as profiles.ProfileValues),
  visibility: profiles.forEachField(() => audience),
  createdAt: new Date('2026-01-31T12:00:00Z'),
})
const everything = profiles.profileFieldNames.join(' ')
const viewers = viewerRelations.toReversed()
const relations = { counts: { followers: 0, following: 0 }, relationship: null }

describe('the one serialiser', () => {
  it('B36.1 shows each field to its audience and to nobody farther', () => {
    const matrix = audiences.flatMap((audience) =>
      viewers.map((viewer) => {
        const shown = showProfile(ana(audience), viewer, relations)
        const fields = profiles.profileFieldNames.filter((f) => f in shown)
        const seen = fields.join(' ').replace(everything, 'every field')
        return `${audience} × ${viewer}: ${seen || '–'} | card: ${showCard(ana(audience), viewer).fullName}`
      }),
    )
    expect(matrix).toMatchInlineSnapshot(`
      [
        "public × blocked: – | card: null",
        "public × visitor: every field | card: Ana Example",
        "public × member: every field | card: Ana Example",
        "public × follower: every field | card: Ana Example",
        "public × owner: every field | card: Ana Example",
        "members × blocked: – | card: null",
        "members × visitor: – | card: null",
        "members × member: every field | card: Ana Example",
        "members × follower: every field | card: Ana Example",
        "members × owner: every field | card: Ana Example",
        "followers × blocked: – | card: null",
        "followers × visitor: – | card: null",
        "followers × member: – | card: null",
        "followers × follower: every field | card: Ana Example",
        "followers × owner: every field | card: Ana Example",
        "me × blocked: – | card: null",
        "me × visitor: – | card: null",
        "me × member: – | card: null",
        "me × follower: – | card: null",
        "me × owner: every field | card: Ana Example",
      ]
    `)
  })

  it('answers what the contract says, with nothing beside it', () => {
    for (const viewer of viewers)
      expect(profiles.shownProfile.safeParse(showProfile(ana('members'), viewer, relations)).error).toBeUndefined()
  })

  it.each([null, '\u3164\u200D'])('shows a hidden field and an empty one alike: %j', (fullName) => {
    const hidden = showProfile(ana('me'), 'visitor', relations)
    const empty = { ...ana('public'), ...profiles.emptyProfile, fullName }
    expect(showProfile(empty, 'visitor', relations)).toEqual(hidden)
    expect(showCard(empty, 'visitor')).toEqual(showCard(ana('me'), 'visitor'))
  })
})

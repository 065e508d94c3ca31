import { type Audience, audiences, shownProfile, viewerRelations } from '@mpics/contracts'
import type { Profile } from './profile.js'
import { showCard, showProfile } from './shown-profile.js'
import { profileFields } from './visibility.js'

const everyField = (audience: Audience) =>
  Object.fromEntries(profileFields.map((f) => [f, audience])) as Profile['visibility']

const ana = (audience: Audience): Profile => ({
  id: '01931f3e-0000-7000-8000-000000000001',
  handle: 'ana',
  fullName: 'Ana Alva',
  bio: 'Light',
  location: 'Utrecht',
  urls: ['https://ana.example/'],
  messengers: [{ network: 'matrix', id: '@ana:example' }],
  visibility: everyField(audience),
  createdAt: new Date('2026-01-31T12:00:00Z'),
})
const viewers = viewerRelations.toReversed()
const relations = { counts: { followers: 0, following: 0 }, relationship: null }

describe('B36 the one serialiser', () => {
  it('shows each field to its audience and to nobody farther', () => {
    const matrix = audiences.flatMap((audience) =>
      viewers.map((viewer) => {
        const shown = showProfile(ana(audience), viewer, relations)
        const fields = profileFields.filter((f) => f in shown)
        return `${audience} × ${viewer}: ${fields.join(' ') || '–'} | card: ${showCard(ana(audience), viewer).fullName}`
      }),
    )
    expect(matrix).toMatchInlineSnapshot(`
      [
        "public × blocked: – | card: null",
        "public × visitor: fullName bio location urls messengers | card: Ana Alva",
        "public × member: fullName bio location urls messengers | card: Ana Alva",
        "public × follower: fullName bio location urls messengers | card: Ana Alva",
        "public × owner: fullName bio location urls messengers | card: Ana Alva",
        "members × blocked: – | card: null",
        "members × visitor: – | card: null",
        "members × member: fullName bio location urls messengers | card: Ana Alva",
        "members × follower: fullName bio location urls messengers | card: Ana Alva",
        "members × owner: fullName bio location urls messengers | card: Ana Alva",
        "followers × blocked: – | card: null",
        "followers × visitor: – | card: null",
        "followers × member: – | card: null",
        "followers × follower: fullName bio location urls messengers | card: Ana Alva",
        "followers × owner: fullName bio location urls messengers | card: Ana Alva",
        "me × blocked: – | card: null",
        "me × visitor: – | card: null",
        "me × member: – | card: null",
        "me × follower: – | card: null",
        "me × owner: fullName bio location urls messengers | card: Ana Alva",
      ]
    `)
  })

  it('answers what the contract says, with nothing beside it', () => {
    for (const viewer of viewers)
      expect(shownProfile.safeParse(showProfile(ana('members'), viewer, relations)).error).toBeUndefined()
  })

  it('shows a hidden field and an empty one alike', () => {
    const hidden = showProfile(ana('me'), 'visitor', relations)
    const empty = { ...ana('public'), fullName: null, bio: null, location: null, urls: [], messengers: [] }
    expect(showProfile(empty, 'visitor', relations)).toEqual(hidden)
    expect(showCard(empty, 'visitor')).toEqual(showCard(ana('me'), 'visitor'))
  })
})

import { profiles } from '@mpics/contracts'
import { changeProfile, changeVisibility, createProfile, type Profile } from './profile.js'

const ID = '01931f3e-0000-7000-8000-000000000001'
const now = new Date('2026-01-31T12:00:00Z')
const created = createProfile({ accountId: ID, handle: 'ana', fullName: 'Ana Alva' }, now)
const ana: Profile = created.state

const filled = profiles.forEachField((name) => profiles.profileFields[name].example) as Pick<
  Profile,
  profiles.ProfileField
>

describe('createProfile', () => {
  it('begins with what the registration said, shown as the policy says', () => {
    expect(ana).toMatchObject({ id: ID, handle: 'ana', fullName: 'Ana Alva', bio: null, urls: [], createdAt: now })
    expect(ana.visibility).toEqual({ ...profiles.defaultAudiences, fullName: 'public', location: 'public' })
    expect(created.events).toEqual([
      { type: 'profiles.profile.created.v1', subject: ID, data: { profileId: ID, changedFields: ['fullName'] } },
    ])
  })
})

describe('changeProfile', () => {
  it.each(profiles.profileFieldNames)(
    'B51 adds, corrects and deletes %s, and tells which field but never its value',
    (field) => {
      const added = changeProfile(ana, { [field]: filled[field] })
      expect(added.state[field]).toEqual(filled[field])
      expect(added.events.map((e) => e.data)).toEqual([{ profileId: ID, changedFields: [field] }])
      const deleted = changeProfile(added.state, { [field]: null })
      expect(deleted.state).toEqual({ ...ana, [field]: Array.isArray(filled[field]) ? [] : null })
    },
  )

  it('leaves alone what is not named', () => {
    const { state } = changeProfile({ ...ana, ...filled }, { bio: 'New' })
    expect(state).toEqual({ ...ana, ...filled, bio: 'New' })
  })

  it('says nothing when nothing is different', () => {
    const profile = { ...ana, ...filled }
    expect(changeProfile(profile, { ...filled, bio: undefined })).toEqual({
      state: profile,
      events: [],
      changed: false,
    })
  })
})

describe('changeVisibility', () => {
  it('tells which fields have another audience', () => {
    const { state, events } = changeVisibility(ana, { ...ana.visibility, fullName: 'me', bio: 'members' })
    expect(state.visibility).toMatchObject({ fullName: 'me', bio: 'members', location: 'public' })
    expect(events.map((e) => e.data)).toEqual([{ profileId: ID, changedFields: ['fullName', 'bio'] }])
  })

  it('says nothing when it is as it was', () => {
    expect(changeVisibility(ana, { ...ana.visibility }).changed).toBe(false)
  })
})

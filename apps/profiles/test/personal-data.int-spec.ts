import { Connection, PersonalData } from '@mpics/mongo'
import {
  documentsWith,
  eraseAll,
  eraseOnce,
  exportOf as exported,
  plantOld,
  unstatedCollections,
  unstatedFields,
  untilOldIsGone,
  withoutRule,
} from '@mpics/testing'
import { type Person, ProfilesHarness } from './setup/profiles-harness.js'

describe('what profiles holds of people', () => {
  let profiles: ProfilesHarness
  beforeAll(async () => {
    profiles = await ProfilesHarness.open()
  })
  afterAll(() => profiles.close())

  const register = () => profiles.service.get(PersonalData)
  const connection = () => profiles.service.get<Connection>(Connection)
  async function exportOf({ id }: Person) {
    const places = Object.entries(await exported(register(), id))
    return Object.fromEntries(places.filter(([, records]) => records.length > 0))
  }

  it('is exported whole, without others, and erased whole, with nothing of others', async () => {
    const [person, other, third] = [
      await profiles.join('person', 'A Person'),
      await profiles.join('other'),
      await profiles.join('third'),
    ]
    await profiles.change(person, { bio: 'canary', urls: ['https://canary.example/'] })
    for (const [follower, followed] of [
      [person, other],
      [other, person],
      [other, third],
    ] as const)
      await profiles.follow(follower, followed)
    await profiles.service.untilIdle()

    expect(await exportOf(person)).toMatchObject({
      profiles: [{ handle: 'person', fullName: 'A Person', bio: 'canary', urls: ['https://canary.example/'] }],
      follows: [{ followedId: other.id, active: true }],
    })
    for (const one of [other, third]) await profiles.see(one)
    await eraseAll(register(), person.id)
    expect((await profiles.see(other)).counts).toEqual({ followers: 0, following: 1 })
    expect(await documentsWith(connection(), [person.id, 'canary'])).toEqual([])
    expect(await unstatedCollections(connection(), register())).toEqual([])
    expect(await unstatedFields(connection(), register())).toEqual([])
    expect(await eraseOnce(register(), person.id)).toEqual({})
    expect(await exportOf(person)).toEqual({})
    expect(await exportOf(other)).toMatchObject({
      profiles: [{ handle: 'other' }],
      follows: [{ followedId: third.id, active: true }],
    })
  })

  it('keeps nothing for longer than the register says', async () => {
    expect(withoutRule(register())).toEqual([])
    const planted = ['_idempotency']
    expect(await plantOld(connection(), register())).toEqual(expect.arrayContaining(planted))
    await untilOldIsGone(connection(), register())
  })
})

import { nameOfStore, PersonalData } from '@mpics/mongo'
import { type Person, ProfilesHarness } from './setup/profiles-harness.js'

describe('what profiles holds of people', () => {
  let profiles: ProfilesHarness
  beforeAll(async () => {
    profiles = await ProfilesHarness.open()
  })
  afterAll(() => profiles.close())

  const held = () => profiles.service.get(PersonalData).held()
  async function exportOf({ id }: Person) {
    const all: Record<string, object[]> = {}
    for (const entry of held())
      for await (const record of entry.export(id)) (all[nameOfStore(entry.store)] ??= []).push(record)
    return all
  }
  async function everything(): Promise<string> {
    const collections = await profiles.database.collections()
    const own = collections.filter(({ collectionName }) => !/^(_|system\.)/.test(collectionName))
    return JSON.stringify(await Promise.all(own.map((collection) => collection.find().toArray())))
  }

  it('B52 is exported whole, without others, and erased whole, with nothing of others', async () => {
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
    for (const entry of held()) expect(await entry.erase(person.id)).toMatchObject({ waiting: 0 })
    expect(await everything()).not.toMatch(new RegExp(`${person.id}|canary`))
    for (const entry of held()) expect(await entry.erase(person.id)).toEqual({ erased: 0, waiting: 0 })
    expect(await exportOf(person)).toEqual({})
    expect(await exportOf(other)).toMatchObject({
      profiles: [{ handle: 'other' }],
      follows: [{ followedId: third.id, active: true }],
    })
  })
})

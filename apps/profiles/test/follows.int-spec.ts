import { profiles as profilesContracts } from '@mpics/contracts'
import { ProfilesHarness, type Person } from './setup/profiles-harness.js'

describe('follows', () => {
  let profiles: ProfilesHarness
  let star: Person
  let fans: Person[]
  beforeAll(async () => {
    profiles = await ProfilesHarness.open()
    star = await profiles.join('star', 'A Star')
    fans = await Promise.all(Array.from({ length: 7 }, (_, i) => profiles.join(`fan${i}`, `Fan ${i}`)))
    for (const fan of fans) await profiles.follow(fan, star)
  })
  afterAll(() => profiles.close())

  const facts = async (follower: Person, followed: Person) => {
    await profiles.service.untilIdle()
    const found = [
      ...(await profiles.service.events(profilesContracts.followStarted)),
      ...(await profiles.service.events(profilesContracts.followEnded)),
    ]
    return found
      .filter(({ data }) => data.followerId === follower.id && data.followedId === followed.id)
      .sort((a, b) => a.sequence! - b.sequence!)
      .map(({ type, sequence }) => `${sequence} ${type.split('.')[2]}`)
  }
  const items = async (path: string) => (await profiles.as().get(path).expect(200)).body

  it('tells once of a follow that was asked for 20 times at once, and 20 times more', async () => {
    const ida = await profiles.join('ida')
    const ask = () => Promise.all(Array.from({ length: 20 }, () => profiles.follow(ida, star)))
    await ask()
    await ask()
    expect(await facts(ida, star)).toEqual(['1 started'])
    const end = () => profiles.as(ida).delete('/v1/profiles/star/follow').expect(204)
    await Promise.all(Array.from({ length: 20 }, end))
    await profiles.follow(ida, star)
    await end()
    await end()
    expect(await facts(ida, star)).toEqual(['1 started', '2 ended', '3 started', '4 ended'])
  })

  it('refuses oneself and people who are not there', async () => {
    const self = await profiles.as(star).put('/v1/profiles/star/follow').expect(422)
    expect(self.body.code).toBe('profiles.follow-self')
    const nobody = await profiles.as(star).put('/v1/profiles/nobody/follow').expect(404)
    expect(nobody.body.code).toBe('profiles.profile-not-found')
    await profiles.as(star).delete('/v1/profiles/fan0/follow').expect(204)
    await profiles.as().put('/v1/profiles/star/follow').expect(401)
  })

  it('counts exactly, and says how the viewer stands', async () => {
    expect((await profiles.see(star)).counts).toEqual({ followers: 7, following: 0 })
    expect((await profiles.see(star)).relationship).toBeNull()
    expect((await profiles.see(star, star)).relationship).toBeNull()
    await profiles.follow(star, fans[0]!)
    expect((await profiles.see(star, fans[0])).relationship).toEqual({ following: true, followedBy: true })
    expect((await profiles.see(fans[1]!, star)).relationship).toEqual({ following: false, followedBy: true })
    expect((await profiles.see(star)).counts).toEqual({ followers: 7, following: 1 })
  })

  it('shows nothing for followers to somebody who follows no longer', async () => {
    const pat = await profiles.join('pat', 'Pat P')
    await profiles.change(pat, { bio: 'for followers' })
    await profiles.show(pat, { bio: 'followers', fullName: 'followers' })
    const fan = fans[0]!
    const card = async () => (await profiles.as(fan).get('/v1/photographers?q=pat')).body.items[0].fullName
    await profiles.follow(fan, pat)
    expect([(await profiles.see(pat, fan)).bio, await card()]).toEqual(['for followers', 'Pat P'])
    await profiles.as(fan).delete('/v1/profiles/pat/follow').expect(204)
    const seen = await profiles.see(pat, fan)
    expect(seen.relationship).toEqual({ following: false, followedBy: false })
    expect([seen.bio, await card()]).toEqual([undefined, null])
  })

  it('lists all followers, the latest first, page by page, each once, while others come', async () => {
    const seen: string[] = []
    let cursor: string | null = ''
    do {
      const page: { items: { handle: string }[]; nextCursor: string | null } = await items(
        `/v1/profiles/star/followers?limit=3${cursor ? `&cursor=${cursor}` : ''}`,
      )
      seen.push(...page.items.map(({ handle }) => handle))
      cursor = page.nextCursor
      if (seen.length === 3) await profiles.follow(await profiles.join('late'), star)
    } while (cursor)
    expect(seen).toEqual(['fan6', 'fan5', 'fan4', 'fan3', 'fan2', 'fan1', 'fan0'])
    expect((await items('/v1/profiles/fan3/following')).items).toEqual([
      { id: star.id, handle: 'star', fullName: 'A Star' },
    ])
  })

  const base64 = (values: unknown) => Buffer.from(JSON.stringify(values)).toString('base64url')
  it.each(['', 'nonsense', 'W10', base64([{ $gt: 1 }, 1]), base64(['abc', '01a22029-b06b-7761-bd2a-b64fe6a1546b'])])(
    'refuses the cursor %s',
    async (cursor) => {
      const { body } = await profiles.as().get(`/v1/profiles/star/followers?cursor=${cursor}`).expect(422)
      expect(body.code).toBe('cursor-invalid')
    },
  )

  it('refuses the cursor of another list, of another person’s, and of a search for something else', async () => {
    await profiles.follow(fans[1]!, fans[0]!)
    await profiles.follow(fans[2]!, fans[0]!)
    const cursorOf = async (path: string) => (await profiles.as().get(`${path}limit=1`).expect(200)).body.nextCursor
    const ofStar = await cursorOf('/v1/profiles/star/followers?')
    const others = [
      `/v1/profiles/fan0/followers?cursor=${ofStar}`,
      `/v1/profiles/star/following?cursor=${ofStar}`,
      `/v1/photographers?cursor=${ofStar}`,
      `/v1/photographers?q=star&cursor=${await cursorOf('/v1/photographers?q=fan&')}`,
    ]
    for (const path of others) expect((await profiles.as().get(path).expect(422)).body.code).toBe('cursor-invalid')
  })

  it('reads a page of any size with the same few queries', async () => {
    const queriesOf = async (path: string) =>
      (await profiles.queriesOf(() => profiles.as(fans[0]).get(path).expect(200))).length
    await profiles.show(fans[2]!, { fullName: 'followers' })
    expect(await queriesOf('/v1/profiles/star/followers?limit=7')).toBeLessThanOrEqual(4)
    expect(await queriesOf('/v1/photographers?limit=20')).toBeLessThanOrEqual(2)
  })
})

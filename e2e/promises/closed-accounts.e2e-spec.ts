import { join } from 'node:path'
import { identity, media, profiles } from '@mpics/contracts'
import { eventually } from '@mpics/testing/eventually'
import { root } from '@mpics/tools/environment/root'
import { Member, newPerson } from '@mpics/tools/people/member'
import { Operator } from '../driver/operator.js'
import { parts, sharedSystem } from '../driver/system.js'

describe('an account that is being closed', () => {
  const running = sharedSystem()
  let ana: Member
  let ben: Member
  let photoId: string
  let pictures: string[]

  const member = (name: string, fullName: string) =>
    new Member(newPerson(name, fullName), parts(running).api, parts(running).mailbox)

  beforeAll(async () => {
    ;[ana, ben] = [member('ana', 'Ana Closing'), member('ben', 'Ben Staying')]
    for (const person of [ana, ben]) await person.join()
    photoId = await ana.upload(join(root, 'tools/photographs/rocket.jpg'), { visibility: 'public' })
    await ana.published(photoId)
    await ana.follow(ben.person.handle)
    await ben.follow(ana.person.handle)
    const { renditions } = await parts(running).api.call(media.getPhoto, { params: { id: photoId } })
    pictures = Object.values(renditions!).map(({ url }) => pathOf(url))
  })

  const pathOf = (url: string) =>
    new URL(url, parts(running).api.url).pathname + new URL(url, parts(running).api.url).search
  const get = (path: string, token?: string) => parts(running).api.send({ method: 'GET', path, token })
  const text = async (path: string) => (await fetch(parts(running).api.url + path)).text()
  const statusOf = async (path: string, token?: string) => (await get(path, token)).status
  const holds = async (path: string, id: string, token?: string) =>
    ((await get(path, token)).body as { items: { id: string }[] }).items.some((item) => item.id === id)

  /** Looks everywhere, as a visitor and as a follower. */
  async function look() {
    const { handle, fullName } = ana.person
    const [bens, token] = [`/v1/profiles/${ben.person.handle}`, ben.accessToken]
    const { counts } = (await get(bens)).body as { counts: object }
    return {
      profile: [await statusOf(`/v1/profiles/${handle}`), await statusOf(`/v1/profiles/${handle}`, token)],
      photo: [await statusOf(`/v1/photos/${photoId}`), await statusOf(`/v1/photos/${photoId}`, token)],
      pages: [await statusOf(`/@${handle}`), await statusOf(`/photos/${photoId}`)],
      pictures: [...new Set(await Promise.all(pictures.map((path) => statusOf(path))))],
      gallery: await statusOf(`/v1/profiles/${handle}/photos`),
      explored: await holds('/v1/explore/photos', photoId),
      explorePage: (await text('/explore')).includes(photoId),
      sitemap: [
        (await text('/sitemaps/people.xml')).includes(handle),
        (await text('/sitemaps/photos.xml')).includes(photoId),
      ],
      photographers: await holds('/v1/photographers', ana.accountId),
      searched: await holds(`/v1/photographers?q=${encodeURIComponent(fullName)}`, ana.accountId),
      follows: [await holds(`${bens}/followers`, ana.accountId), await holds(`${bens}/following`, ana.accountId)],
      counts,
    }
  }

  const SHOWN = {
    profile: [200, 200],
    photo: [200, 200],
    pages: [200, 200],
    pictures: [200],
    gallery: 200,
    explored: true,
    explorePage: true,
    sitemap: [true, true],
    photographers: true,
    searched: true,
    follows: [true, true],
    counts: { followers: 1, following: 1 },
  }
  const HIDDEN = {
    profile: [404, 404],
    photo: [404, 404],
    pages: [404, 404],
    pictures: [404],
    gallery: 404,
    explored: false,
    explorePage: false,
    sitemap: [false, false],
    photographers: false,
    searched: false,
    follows: [false, false],
    counts: { followers: 0, following: 0 },
  }
  const until = async (wanted: object) => {
    const isSeen = async () => JSON.stringify(await look()) === JSON.stringify(wanted)
    await eventually('what others see', isSeen).catch(() => undefined)
    expect(await look()).toEqual(wanted)
  }

  it('B52 is seen nowhere by others: API, pages, pictures, lists, counts, sitemap; its owner can restore all of it', async () => {
    await until(SHOWN)
    const before = ana.accessToken
    await ana.api.call(identity.closeMyAccount, {})
    await until(HIDDEN)
    expect(await statusOf('/v1/me', before)).toBe(401)

    await ana.logIn()
    const refused = await get('/v1/me/profile', ana.accessToken)
    expect([refused.status, (refused.body as { code: string }).code]).toEqual([403, 'identity.account-closing'])
    for (const path of ['/v1/me/photos', '/v1/sessions']) expect(await statusOf(path, ana.accessToken)).toBe(403)
    expect(await statusOf('/v1/me/consents', ana.accessToken)).toBe(200)
    expect((await get('/v1/me', ana.accessToken)).body).toMatchObject({ closure: { erasesAt: expect.any(String) } })
    expect(await statusOf(`/v1/photos/${photoId}`, ana.accessToken)).toBe(404)

    await ana.api.call(identity.restoreMyAccount, {})
    await ana.logIn()
    await until(SHOWN)
    expect(await ana.api.call(profiles.getMyProfile, {})).toMatchObject({ fullName: ana.person.fullName })
    for (const subject of [/is being closed/, /is restored/])
      await parts(running).mailbox.find(ana.person.email, subject)
  })

  it('B61 that is locked is seen nowhere either, and its owner objects on a page without a log-in', async () => {
    const staff = member('staff', 'Staff Person')
    await staff.join()
    const operator = new Operator(running)
    await operator.giveFactor(staff.accountId)
    await operator.order('grant-role', { account: staff.accountId, role: 'operator' })
    await staff.renew()
    const params = { id: ana.accountId }
    await staff.api.call(identity.lockAccount, { params, body: { reason: 'under-age' } })
    await until(HIDDEN)
    const token = await parts(running).mailbox.token(ana.person.email, '/lock-objection')
    expect(await text(`/lock-objection?token=${token}`)).toContain('<form method="post" action="/lock-objection')
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const body = new URLSearchParams({ token }).toString()
    const answer = await fetch(`${parts(running).api.url}/lock-objection`, { method: 'POST', headers, body })
    expect(answer.status).toBe(200)
    const { lock, entries } = await staff.api.call(identity.getAccountLock, { params })
    expect(lock).toMatchObject({ reason: 'under-age', by: staff.accountId, dueAt: null })
    expect(entries.map(({ act }) => act)).toEqual(['locked', 'objected'])
    await staff.api.call(identity.unlockAccount, { params, body: {} })
    await until(SHOWN)
    await ana.logIn()
    await parts(running).mailbox.find(ana.person.email, /is unlocked/)
  })
})

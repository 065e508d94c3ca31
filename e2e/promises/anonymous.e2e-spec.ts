import { media, profiles } from '@mpics/contracts'
import { publicApis } from '@mpics/contracts/catalogue'
import { Member, newPerson } from '@mpics/tools/people/member'
import { parts, system } from '../driver/system.js'

const ANY_ID = '01931f3e-0000-7000-8000-00000000ffff'
const filled = (path: string) =>
  path
    .replace('{document}', 'privacy')
    .replace('{purpose}', 'email-news')
    .replace('{rendition}', 'thumb')
    .replace('{handle}', 'nobody_here')
    .replace(/\{\w+\}/g, ANY_ID)

describe('somebody without an account', () => {
  const running = system()
  const api = () => parts(running).api

  it('B01 pages through photos and photographers', async () => {
    for (const name of ['one', 'two', 'three'])
      await new Member(newPerson(name, `Person ${name}`), api(), parts(running).mailbox).join()
    for (const list of [media.explorePhotos, profiles.listPhotographers])
      expect(await api().call(list, { query: { limit: 1 } })).toHaveProperty('items')
    const seen = new Set<string>()
    let cursor: string | undefined
    do {
      const query = { sort: 'new', limit: 1, cursor } as const
      const { items, nextCursor } = await api().call(profiles.listPhotographers, { query })
      for (const { id } of items) seen.add(id)
      cursor = nextCursor ?? undefined
    } while (cursor)
    expect(seen.size).toBe(3)
  })

  it('B02 every answer links to the policy and the terms in force, whatever it answers', async () => {
    for (const { method, path } of publicApis) {
      const { headers } = await api().send({ method, path: filled(path) })
      expect({ path, link: headers.get('link') }).toEqual({
        path,
        link: expect.stringMatching(/policies\/privacy.*policies\/terms/s),
      })
      expect(headers.get('x-request-id')).toBeTruthy()
    }
  })

  it('B08 may do nothing that needs an account', async () => {
    for (const { method, path, access } of publicApis) {
      if (access === 'anonymous') continue
      const body = method === 'GET' || method === 'DELETE' ? undefined : '{}'
      const answer = await api().send({ method, path: filled(path), body })
      const { code } = answer.body as { code?: string }
      expect({ method, path, status: answer.status, code }).toEqual({
        method,
        path,
        status: 401,
        code: 'unauthenticated',
      })
    }
  })
})

import { publicApis } from '@mpics/contracts'
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
    for (const path of ['/v1/explore/photos', '/v1/photographers'])
      expect((await api().get(`${path}?limit=1`)).body).toHaveProperty('items')
    const seen = new Set<string>()
    let cursor: string | null = ''
    do {
      const { body } = await api().get(
        `/v1/photographers?sort=new&limit=1${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      )
      for (const { id } of body.items) seen.add(id)
      cursor = body.nextCursor
    } while (cursor)
    expect(seen.size).toBe(3)
  })

  it('B02 every answer links to the policy and the terms in force, whatever it answers', async () => {
    for (const { method, path } of publicApis) {
      const { headers } = await api().call(method, filled(path), {
        expect: Array.from({ length: 500 }, (_, i) => i + 100),
      })
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
      const { status, body } = await api().call(method, filled(path), {
        body: method === 'GET' || method === 'DELETE' ? undefined : {},
        expect: Array.from({ length: 500 }, (_, i) => i + 100),
      })
      expect({ method, path, status, code: body?.code }).toEqual({ method, path, status: 401, code: 'unauthenticated' })
    }
  })
})

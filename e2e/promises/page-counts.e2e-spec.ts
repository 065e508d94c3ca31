import { join } from 'node:path'
import { publicApis } from '@mpics/contracts/catalogue'
import { eventually } from '@mpics/testing/eventually'
import { root } from '@mpics/tools/environment/root'
import { Member, newPerson } from '@mpics/tools/people/member'
import { parts, sharedSystem } from '../driver/system.js'

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
/** The page then counts by its script, which runs in no test. */
const BROWSER = { 'user-agent': FIREFOX, accept: 'text/html', 'sec-fetch-dest': 'document', 'sec-fetch-site': 'none' }

describe('the counts of pages', () => {
  const running = sharedSystem()
  let member: Member
  let photo: string

  beforeAll(async () => {
    const { api, mailbox } = parts(running)
    member = new Member(newPerson('counted', 'Ansel Counted'), api, mailbox)
    await member.join()
    photo = await member.upload(join(root, 'tools/photographs/rocket.jpg'), { visibility: 'public' })
    await member.published(photo)
  })

  const filled = (path: string) => path.replace('{handle}', member.person.handle).replace('{id}', photo)
  const send = (method: string, path: string, headers: Record<string, string>, body?: string) =>
    parts(running).api.send({ method, path, headers, body })
  const totalOf = async (path: string) =>
    ((await send('GET', path, {})).body as { views: { total: number } | null }).views?.total
  const shownBy = async (page: string) =>
    Number(/Viewed ([\d,]+) times?/.exec((await send('GET', page, BROWSER)).body as string)?.[1]?.replaceAll(',', ''))
  const look = async (page: string) => {
    const answer = await send('POST', '/v1/page-views', { 'user-agent': FIREFOX }, JSON.stringify({ page }))
    expect(answer.status).toBe(202)
  }

  const pages = publicApis.filter(({ page }) => page !== undefined)

  it.each(pages.map(({ path, page }) => [page!, path] as const))(
    'B15.1 B16 a view of %s is one more in its answer and on its page',
    async (template, call) => {
      const [page, path] = [filled(template), filled(call)]
      expect([await totalOf(path), await shownBy(page)]).toEqual([0, 0])
      for (const times of [1, 2]) {
        await look(page)
        await eventually(`${times} views of ${page}`, async () => (await totalOf(path)) === times)
        await eventually(`${times} views on ${page}`, async () => (await shownBy(page)) === times)
      }
    },
  )

  it('B15.1 so it is on pages that are of nobody', async () => {
    for (const page of [
      '/',
      '/explore',
      '/help/cookies',
      '/help/counting',
      '/privacy/cookies',
      '/privacy/inventory',
      '/policies/privacy',
      '/policies/terms',
    ]) {
      const before = await shownBy(page)
      await look(page)
      await eventually(`one view more on ${page}`, async () => (await shownBy(page)) === before + 1)
    }
  })
})

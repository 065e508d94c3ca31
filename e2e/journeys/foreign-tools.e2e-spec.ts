import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { serviceNames } from '@mpics/contracts'
import { root } from '@mpics/tools/environment/root'
import { linkIn } from '@mpics/tools/people/mailbox'
import { Member, newPerson } from '@mpics/tools/people/member'
import { findings } from '../driver/axe.js'
import { launchBrowser } from '../driver/browser.js'
import { routesOfPages } from '../driver/pages.js'
import { metricsOf, parts, system } from '../driver/system.js'

const LOOKS = [
  { colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  { colorScheme: 'dark', viewport: { width: 390, height: 844 } },
] as const
const TOKEN = 'A'.repeat(43)
/** The page of the API is large, and a browser on a busy machine slow. */
const PATIENCE_MS = 240_000

jest.setTimeout(3 * PATIENCE_MS)

function patient(page: Page): Page {
  page.setDefaultTimeout(PATIENCE_MS)
  return page
}

describe('what tools that are not ours say of a running system', () => {
  const running = system()
  let browser: Browser
  let photographer: Member
  let photo: string
  let hidden: string
  let addresses: Record<string, string[]>

  beforeAll(async () => {
    browser = await launchBrowser()
    const { api, mailbox } = parts(running)
    photographer = new Member(newPerson('ansel', 'Ansel Canary'), api, mailbox)
    await photographer.join()
    const upload = (visibility: 'public' | 'members') =>
      photographer.upload(join(root, 'tools/photographs/coffee.jpg'), { title: 'Coffee', visibility })
    ;[photo, hidden] = [await upload('public'), await upload('members')]
    await Promise.all([photographer.published(photo), photographer.published(hidden)])
    const newcomer = new Member(newPerson('vivian', 'Vivian Canary'), api, mailbox)
    await newcomer.register()
    const mail = await mailbox.find(newcomer.person.email, /verify-email/)
    const { pathname, search } = linkIn(mail, '/verify-email')
    addresses = {
      '/': ['/', '/no/such/page'],
      '/explore': ['/explore'],
      '/photos/:id': [`/photos/${photo}`, `/photos/${hidden}`],
      '/@:handle': [`/@${photographer.person.handle}`, `/@${newcomer.person.handle}`],
      '/policies/privacy': ['/policies/privacy'],
      '/policies/terms': ['/policies/terms'],
      '/privacy/cookies': ['/privacy/cookies'],
      '/help/cookies': ['/help/cookies'],
      '/docs': ['/docs'],
      '/docs/events': ['/docs/events'],
      '/verify-email': ['/verify-email', pathname + search],
      '/reset-password': ['/reset-password', `/reset-password?token=${TOKEN}`],
      '/unsubscribe/:token': [`/unsubscribe/${TOKEN}`],
      '/v1/unsubscribe/:token': [`/v1/unsubscribe/${TOKEN}`],
    }
  })
  afterAll(() => browser?.close())

  const get = (path: string) =>
    fetch(new URL(path, running.system.gatewayUrl), { headers: { accept: 'text/html, */*;q=0.1' } })

  it('axe finds nothing on any page, light or dark, wide or narrow', async () => {
    expect(Object.keys(addresses).sort()).toEqual(routesOfPages())
    const found: string[] = []
    for (const look of LOOKS) {
      const context = await browser.newContext(look)
      const page = patient(await context.newPage())
      for (const path of Object.values(addresses).flat()) {
        await open(page, path)
        found.push(...(await findings(page)).map((line) => `${path} (${look.colorScheme}): ${line}`))
      }
      await context.close()
    }
    expect(found).toEqual([])
  })

  it('axe finds nothing in the description of a call, and it can be opened with the keyboard', async () => {
    const page = patient(await browser.newPage())
    await open(page, '/docs')
    for (const path of ['/v1/explore/photos', '/v1/sessions']) {
      const summary = page.locator('.opblock-summary-control').filter({ hasText: path }).first()
      await summary.focus()
      await page.keyboard.press('Enter')
    }
    await page.locator('.opblock.is-open .execute').first().waitFor()
    const hash = await page.evaluate('location.hash')
    expect([await findings(page), hash]).toEqual([[], expect.stringMatching(/^#\/\w+\/\w+$/)])
    await page.close()
  })

  async function open(page: Page, path: string): Promise<void> {
    await page.goto(running.system.gatewayUrl + path, { waitUntil: 'networkidle' })
    if (path === '/docs') await page.locator('.opblock-summary-control').first().waitFor()
  }

  it('the sitemap names what a visitor may see, and every address in it is there', async () => {
    const locations = async (path: string) =>
      [...(await (await get(path)).text()).matchAll(/<(?:image:)?loc>([^<]+)</g)].map(([, address]) =>
        address!.replaceAll('&amp;', '&'),
      )
    const files = await locations('/sitemap.xml')
    const named = (await Promise.all(files.map((file) => locations(new URL(file).pathname)))).flat()
    expect(named.map((address) => new URL(address).pathname)).toEqual(
      expect.arrayContaining([`/photos/${photo}`, `/v1/photos/${photo}/large`, `/@${photographer.person.handle}`]),
    )
    expect(named.join('\n')).not.toContain(hidden)
    for (const address of named)
      expect({ address, status: (await get(address)).status }).toEqual({ address, status: 200 })
  })

  it('a link to a photo shows its picture, and nothing of one that not everybody may see', async () => {
    const page = await (await get(`/photos/${photo}`)).text()
    const [, picture] = /property="og:image" content="([^"]+)"/.exec(page)!
    const answer = await get(picture!.replaceAll('&amp;', '&'))
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
    const other = await get(`/photos/${hidden}`)
    expect([other.status, (await other.text()).includes('og:')]).toEqual([404, false])
  })

  it.each(serviceNames)('promtool takes the metrics of %s without a word', async (name) => {
    const text = await metricsOf(running, name)
    const said = execFileSync('sh', ['-c', 'promtool check metrics 2>&1 || true'], { input: text, encoding: 'utf8' })
    expect(said).toBe('')
  })

  it('every series that an alert looks at is there', async () => {
    const texts = serviceNames.map((name) => metricsOf(running, name))
    const shown = (await Promise.all(texts)).join('\n')
    const rules = readFileSync(join(root, 'deploy/prometheus/services.rules.yaml'), 'utf8')
    // certificates are there where services have some
    const looked = [...rules.matchAll(/(?<![:\w])((?:http|peer|notifications)_\w+)(?=[{) ])/g)].map(
      ([, series]) => series!,
    )
    expect(new Set(looked).size).toBeGreaterThan(3)
    for (const series of looked) expect(shown).toMatch(new RegExp(`^${series}(\\{| )`, 'm'))
  })
})

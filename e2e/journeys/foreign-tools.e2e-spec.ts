import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { serviceNames } from '@mpics/contracts'
import { root } from '@mpics/tools/environment/root'
import { linkIn } from '@mpics/tools/people/mailbox'
import { Member, newPerson } from '@mpics/tools/people/member'
import { findings } from '../driver/axe.js'
import { launchBrowser } from '../driver/browser.js'
import { routesOfPages } from '../driver/pages.js'
import { metricsOf, parts, sharedSystem } from '../driver/system.js'

const LOOKS = [
  { colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  { colorScheme: 'dark', viewport: { width: 390, height: 844 } },
] as const
const TOKEN = 'A'.repeat(43)
/** The page of the API is large, and a browser on a busy machine slow. */
const TIMEOUT_MS = 240_000

jest.setTimeout(3 * TIMEOUT_MS)

function patient(page: Page): Page {
  page.setDefaultTimeout(TIMEOUT_MS)
  return page
}

describe('what tools that are not ours say of a running system', () => {
  const running = sharedSystem()
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
      '/policies/privacy/changes': ['/policies/privacy/changes'],
      '/policies/terms/changes': ['/policies/terms/changes'],
      '/privacy/cookies': ['/privacy/cookies'],
      '/privacy/inventory': ['/privacy/inventory', '/privacy/inventory?lang=de'],
      '/help/cookies': ['/help/cookies'],
      '/help/counting': ['/help/counting'],
      '/docs': ['/docs'],
      '/docs/events': ['/docs/events'],
      '/verify-email': ['/verify-email', pathname + search],
      '/reset-password': ['/reset-password', `/reset-password?token=${TOKEN}`],
      '/confirm-email': ['/confirm-email', `/confirm-email?token=${TOKEN}`],
      '/freeze-email': ['/freeze-email', `/freeze-email?token=${TOKEN}`],
      '/lock-objection': ['/lock-objection', `/lock-objection?token=${TOKEN}`],
      '/confirm-factor-recovery': ['/confirm-factor-recovery', `/confirm-factor-recovery?token=${TOKEN}`],
      '/cancel-factor-recovery': ['/cancel-factor-recovery', `/cancel-factor-recovery?token=${TOKEN}`],
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
    const page = patient(await browser.newPage())
    for (const path of Object.values(addresses).flat()) {
      await open(page, path)
      for (const { colorScheme, viewport } of LOOKS) {
        await Promise.all([page.emulateMedia({ colorScheme }), page.setViewportSize(viewport)])
        found.push(...(await findings(page)).map((line) => `${path} (${colorScheme}): ${line}`))
      }
    }
    await page.close()
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

  it('each call that announces a Location sends one, repeated or not, and what it made is there', async () => {
    const { paths } = (await (await get('/openapi.json')).json()) as {
      paths: Record<string, Record<string, Operation>>
    }
    const calls = Object.values(paths).flatMap((path) => Object.values(path))
    const headersOf = ({ responses }: Operation) =>
      Object.values(responses).flatMap(({ headers }) => Object.keys(headers ?? {}))
    const announced = calls.filter((call) => headersOf(call).includes('Location')).map(({ operationId }) => operationId)
    expect(announced.sort()).toEqual([...Object.keys(creations), 'publishPolicy'].sort())
    await photographer.logIn()
    const authorization = `Bearer ${photographer.accessToken}`
    for (const name of Object.keys(creations)) {
      const headers = { authorization, 'idempotency-key': randomUUID() }
      const answers = [await creations[name]!(headers), await creations[name]!(headers)]
      const [first, second] = answers.map((answer) => answer.headers.get('location'))
      expect({ name, first, second }).toEqual({ name, first: expect.stringMatching(/^\//), second: first })
      const made = await fetch(new URL(first!, running.system.gatewayUrl), { headers: { authorization } })
      expect({ name, status: made.status }).toEqual({ name, status: 200 })
    }
  })

  /** A policy would be published to everybody of the system: apps/identity tries it. */
  const creations: Record<string, (headers: Record<string, string>) => Promise<Response>> = {
    uploadPhoto: async (headers) => {
      const body = new FormData()
      const file = await readFile(join(root, 'tools/photographs/coffee.jpg'))
      body.append('file', new Blob([file], { type: 'image/jpeg' }), 'coffee.jpg')
      return fetch(new URL('/v1/photos', running.system.gatewayUrl), { method: 'POST', headers, body })
    },
    requestExport: (headers) =>
      fetch(new URL('/v1/me/exports', running.system.gatewayUrl), { method: 'POST', headers }),
  }

  it.each(serviceNames)('promtool takes the metrics of %s without a word', async (name) => {
    const text = await metricsOf(running, name)
    const said = execFileSync('sh', ['-c', 'promtool check metrics 2>&1 || true'], { input: text, encoding: 'utf8' })
    expect(said).toBe('')
  })

  it('every series that an alert looks at is shown by a service, under that name', async () => {
    const texts = await Promise.all(serviceNames.map((name) => metricsOf(running, name)))
    const shown = texts.flatMap((text) => [...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name!))
    // certificates are there where services have some
    const looked = ['services', 'events'].flatMap(seriesOfAlerts).filter((name) => name !== 'tls_certificate_seconds')
    expect(looked.length).toBeGreaterThan(12)
    expect(shown).toEqual(expect.arrayContaining(looked))
  })
})

interface Operation {
  operationId: string
  responses: Record<string, { headers?: object }>
}

const IN_ALERTS = /\{[^}]*\}|\[[^\]]*\]|\b(?:by|on) \([^)]*\)|\b(?:and|or|unless)\b/g
/** A function has a bracket behind it, and a name with a colon is recorded by another rule. */
const SERIES = /(?<![\w:])[a-z]\w*(?![\w:]|\s*\()/g

/** The metrics in the expressions of the rules; the parts of a histogram are one. */
function seriesOfAlerts(group: string): string[] {
  const rules = readFileSync(join(root, `deploy/prometheus/${group}.rules.yaml`), 'utf8')
  const expressions = [...rules.matchAll(/expr: (?:>-\n)?([^]*?)\n +(?=\w+: |# |- |$)/g)].map(([, text]) => text!)
  const named = expressions.flatMap((text) => text.replaceAll(IN_ALERTS, ' ').match(SERIES) ?? [])
  return [...new Set(named.map((name) => name.replace(/_(bucket|count|sum)$/, '')))].filter((name) => name !== 'up')
}

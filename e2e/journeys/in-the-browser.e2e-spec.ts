import type { Browser, BrowserContext } from 'playwright-core'
import { analytics, identity, notifications } from '@mpics/contracts'
import { eventually } from '@mpics/testing/eventually'
import { linkIn } from '@mpics/tools/people/mailbox'
import { Member, newPerson, registrationOf } from '@mpics/tools/people/member'
import { join } from 'node:path'
import { root } from '@mpics/tools/environment/root'
import { launchBrowser } from '../driver/browser.js'
import { parts, sharedSystem } from '../driver/system.js'

/** A headless browser says what it is, and is taken for a program (B18). */
const PERSON = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

describe('what people see and press', () => {
  const running = sharedSystem()
  let browser: Browser
  let photographer: Member
  let photo: string

  beforeAll(async () => {
    browser = await launchBrowser()
    photographer = member('ansel')
    await photographer.join()
    photo = await photographer.upload(join(root, 'tools/photographs/coffee.jpg'), {
      title: 'Coffee',
      visibility: 'public',
    })
    await photographer.published(photo)
  })
  afterAll(() => browser?.close())

  const member = (name: string) => {
    const { api, mailbox } = parts(running)
    return new Member(newPerson(name, 'Ansel Canary'), api, mailbox)
  }

  const inContext = async (
    options: { javaScriptEnabled: boolean },
    work: (context: BrowserContext) => Promise<void>,
  ) => {
    const context = await browser.newContext({ ...options, userAgent: PERSON })
    try {
      await work(context)
    } finally {
      await context.close()
    }
  }

  it('a mail’s links work without JavaScript, and looking changes nothing', () =>
    inContext({ javaScriptEnabled: false }, async (context) => {
      const newcomer = member('vivian')
      await newcomer.register()
      const { mailbox } = parts(running)
      const mail = await mailbox.find(newcomer.person.email, /verify-email/)
      const page = await context.newPage()
      await page.goto(linkIn(mail, '/verify-email').href)
      await page.reload()
      await newcomer.logIn()
      const verified = async () => (await newcomer.api.call(identity.getMe, {})).emailVerified
      expect(await verified()).toBe(false)
      await page.getByRole('button', { name: 'Confirm my address' }).click()
      expect(await page.getByRole('heading').textContent()).toBe('Your address is confirmed')
      expect(await verified()).toBe(true)

      await newcomer.follow(photographer.person.handle)
      const follow = await mailbox.find(photographer.person.email, /follows you/)
      const setting = async () => (await photographer.api.call(notifications.getEmailSettings, {})).follows
      await page.goto(linkIn(follow, '/unsubscribe/').href)
      expect(await setting()).toBe('immediate')
      await page.getByRole('button', { name: 'Stop these mails' }).click()
      expect(await page.getByRole('heading').textContent()).toBe('You are unsubscribed')
      expect(await setting()).toBe('off')
    }))

  it('B60.4 a browser that told of a child is refused with every other date, by a cookie that no script reads', async () => {
    const form = await registrationOf(parts(running).api, newPerson('child', 'Child Canary'))
    const register = async (birthDate: string, context: BrowserContext) => {
      const page = context.pages()[0] ?? (await context.newPage())
      await page.goto(`${running.system.gatewayUrl}/explore`)
      return page.evaluate(
        async (body) => {
          const headers = { 'content-type': 'application/json' }
          const answer = await fetch('/v1/accounts', { method: 'POST', headers, body })
          const { document } = globalThis as unknown as { document: { cookie: string } }
          return [answer.status, ((await answer.json()) as { code?: string }).code, document.cookie] as const
        },
        JSON.stringify({ ...form, birthDate }),
      )
    }
    const refused = [403, 'identity.under-age', '']
    await inContext({ javaScriptEnabled: true }, async (context) => {
      expect(await register('2020-01-01', context)).toEqual(refused)
      expect(await register(form.birthDate, context)).toEqual(refused)
    })
    await inContext({ javaScriptEnabled: true }, async (context) => {
      expect(await register(form.birthDate, context)).toEqual([201, undefined, ''])
    })
  })

  it('B27 B32 a photo’s page is counted once by its script, and every cookie it sets is on the list of cookies', () =>
    inContext({ javaScriptEnabled: true }, async (context) => {
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
      await page.goto(`${running.system.gatewayUrl}/photos/${photo}`)
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Coffee')
      const views = () => parts(running).api.call(analytics.getViews, { query: { page: `/photos/${photo}` } })
      await eventually('the view to be counted', async () => (await views()).items[0]?.total === 1)
      const cookies = await context.cookies()
      expect(cookies.map(({ name }) => name)).toEqual(['mpvid'])
      await page.goto(`${running.system.gatewayUrl}/privacy/cookies`)
      for (const { name } of cookies) expect(await page.textContent('main')).toContain(name)
      expect(complaints).toEqual([])
    }))
})

import type { Browser, BrowserContext, Page } from 'playwright-core'
import { identity } from '@mpics/contracts'
import { Member, newPerson } from '@mpics/tools/people/member'
import { findings } from '../driver/axe.js'
import { launchBrowser } from '../driver/browser.js'
import { routesOfPages } from '../driver/pages.js'
import { parts, sharedSystem } from '../driver/system.js'

const PAGES_OF_ACCOUNT = [
  '/account',
  '/account/address',
  '/account/factors',
  '/account/passkeys',
  '/log-in/lost-factor',
  '/account/sessions',
  '/account/consents',
  '/account/password',
  '/account/privacy',
  '/account/proof',
  '/account/closing',
]

describe('logging in on pages', () => {
  const running = sharedSystem()
  let browser: Browser
  let member: Member

  beforeAll(async () => {
    browser = await launchBrowser()
    const { api, mailbox } = parts(running)
    member = new Member(newPerson('dorothea', 'Dorothea Canary'), api, mailbox)
    await member.join()
  })
  afterAll(() => browser?.close())

  const inContext = async (work: (page: Page, context: BrowserContext) => Promise<void>) => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    try {
      await work(await context.newPage(), context)
    } finally {
      await context.close()
    }
  }
  const at = (path: string) => running.system.gatewayUrl + path
  const heading = (page: Page) => page.getByRole('heading', { level: 1 }).textContent()

  async function logIn(page: Page, { password = member.person.password, path = '/account' } = {}): Promise<void> {
    await page.goto(at(path))
    await logInOn(page, password)
  }

  async function logInOn(page: Page, password = member.person.password): Promise<void> {
    await page.getByLabel('Handle or e-mail address').fill(member.person.handle)
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Log in', exact: true }).click()
  }

  it('B11.1 consents are given and taken back on a page, which says what was shown', () =>
    inContext(async (page) => {
      await logIn(page, { path: '/account/consents' })
      const news = page.getByRole('listitem').filter({ hasText: 'Mails about what is new' })
      await news.getByRole('button', { name: 'Yes, write to me about what is new' }).click()
      await news.getByText('You agreed on').waitFor()
      await news.getByRole('button', { name: 'No', exact: true }).click()
      await news.getByText('You said no on').waitFor()
      const { items } = await member.api.call(identity.getConsentHistory, {})
      const shown = { surface: 'page', served: { language: 'en', choices: [{}, {}] } }
      expect(items.map(({ payload }) => payload)).toMatchObject([
        { granted: true, ...shown },
        { granted: false, ...shown },
      ])
    }))

  it('B49.3 works without JavaScript, and “back” shows nothing after a log-off', () =>
    inContext(async (page, context) => {
      await logIn(page, { password: 'not the password' })
      expect(await page.getByRole('alert').textContent()).toContain('do not belong together')
      await logIn(page, { path: '/account/sessions' })
      expect([await heading(page), new URL(page.url()).pathname]).toEqual([
        'Where you are logged in',
        '/account/sessions',
      ])
      await page.goto(at('/account'))
      expect(await page.textContent('main')).toContain(member.person.email)
      await page.getByRole('button', { name: 'Log off' }).click()
      expect(await heading(page)).toBe('You are logged off')
      expect((await context.cookies()).map(({ name }) => name)).toEqual(['mpbrowser'])
      await page.goBack()
      expect(await heading(page)).toBe('Log in')
      expect(await page.content()).not.toContain(member.person.email)
    }))

  it('B49.1 B49.3 keeps nothing of a shared computer: not once its window is closed, nor after a log-off', async () => {
    const context = await browser.newContext()
    const page = await context.newPage()
    const answers: string[] = []
    page.on('response', (answer) => {
      if (/^\/account/.test(new URL(answer.url()).pathname)) answers.push(`${answer.headers()['cache-control']}`)
    })
    await page.goto(at('/explore'))
    await page.goto(at('/account'))
    await page.getByLabel('This is a shared computer').check()
    await logInOn(page)
    await page.goto(at('/account/sessions'))
    expect(await page.textContent('main')).toContain('shared computer')
    expect([new Set(answers), answers.length > 1]).toEqual([new Set(['private, no-store']), true])
    const held = await context.storageState()
    const ofAccount = held.cookies.filter(({ name }) => !['mpvid'].includes(name))
    expect(ofAccount.map(({ name }) => name).sort()).toEqual(['mpsession', 'mpshared'])
    expect([ofAccount.filter(({ expires }) => expires !== -1), held.origins]).toEqual([[], []])
    // A closed window takes cookies without an end with it, and is what another one begins with
    const cookies = held.cookies.filter(({ expires }) => expires !== -1)
    await inContext(async (later) => {
      await later.context().addCookies(cookies)
      await later.goto(at('/account'))
      expect(await heading(later)).toBe('Log in')
    })

    const [session] = ofAccount.filter(({ name }) => name === 'mpsession')
    await page.goto(at('/account'))
    await page.getByRole('button', { name: 'Log off' }).click()
    expect(await heading(page)).toBe('You are logged off')
    for (let pages = 0; pages < 2; pages++) {
      await page.goBack()
      expect(await page.content()).not.toContain(member.person.email)
    }
    await context.close()
    await inContext(async (thief) => {
      await thief.context().addCookies([session!])
      await thief.goto(at('/account'))
      expect(await heading(thief)).toBe('Log in')
    })
  })

  it('ends the others, which are asked to log in again', () =>
    inContext(async (page) =>
      inContext(async (other) => {
        await logIn(page)
        await logIn(other)
        await page.goto(at('/account/sessions'))
        expect(await page.textContent('main')).toContain('Chrome')
        await page.getByRole('button', { name: 'End all others' }).click()
        expect(await page.textContent('main')).toContain('You are logged in nowhere else.')
        await other.goto(at('/account'))
        expect(await heading(other)).toBe('Log in')
      }),
    ))

  it('shows nothing to a link of another site but to the reader themselves', () =>
    inContext(async (page) => {
      await logIn(page)
      await page.goto(`data:text/html,<a href="${at('/account')}">account</a>`)
      await page.getByRole('link').click()
      await page.getByRole('heading', { name: 'Your account' }).waitFor()
    }))

  it('axe finds nothing on the pages of an account', async () => {
    const context = await browser.newContext({ colorScheme: 'dark', viewport: { width: 390, height: 844 } })
    const page = await context.newPage()
    const found: string[] = []
    const look = async (path: string) => {
      await page.goto(at(path))
      found.push(...(await findings(page)).map((line) => `${path}: ${line}`))
    }
    await look('/log-in?lang=de')
    await logIn(page)
    for (const path of PAGES_OF_ACCOUNT) await look(path)
    await context.close()
    expect(found).toEqual([])
    expect(['/log-in', ...PAGES_OF_ACCOUNT].sort()).toEqual(routesOfPages('account-pages'))
  })

  it('changes the password with the present one alone, and stays logged in', () =>
    inContext(async (page) => {
      await logIn(page)
      await page.goto(at('/account/password'))
      const next = `${member.person.password} and more`
      await page.getByLabel('Your present password').fill(member.person.password)
      await page.getByLabel('New password').fill(next)
      await page.getByRole('button', { name: 'Save the new password' }).click()
      expect(await heading(page)).toBe('Your password is changed')
      member.person.password = next
      await page.goto(at('/account'))
      expect(await heading(page)).toBe('Your account')
    }))

  it('closes the account and restores it', () =>
    inContext(async (page) => {
      await logIn(page)
      await page.goto(at('/account/closing'))
      await page.getByRole('button', { name: 'Close my account' }).click()
      expect(await heading(page)).toBe('Your account is closed')
      await logIn(page)
      await page.getByRole('button', { name: 'Restore my account' }).click()
      await page.getByRole('link', { name: 'Close your account' }).waitFor()
    }))
})

import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'
import { eventually } from '@mpics/testing/eventually'
import { Member, newPerson } from '@mpics/tools/people/member'
import { findings } from '../driver/axe.js'
import { launchBrowser } from '../driver/browser.js'
import { parts, sharedSystem } from '../driver/system.js'

const PHONE = {
  protocol: 'ctap2',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const

describe('passkeys on pages', () => {
  const running = sharedSystem()
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let phone: Phone
  let member: Member

  beforeAll(async () => {
    browser = await launchBrowser()
    const { api, mailbox } = parts(running)
    member = new Member(newPerson('imogen', 'Imogen Canary'), api, mailbox)
    await member.join()
    context = await browser.newContext()
    page = await context.newPage()
    phone = await Phone.beside(await context.newCDPSession(page))
  })
  afterAll(() => browser?.close())

  const at = (path: string) => running.system.gatewayUrl + path
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const heading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor()

  it('are made, log in without a password, and are told of when they are gone', async () => {
    await page.goto(at('/account/passkeys'))
    await page.getByLabel('Handle or e-mail address').fill(member.person.handle)
    await page.getByLabel('Password').fill(member.person.password)
    await press('Log in')
    await press('Add a passkey')
    expect(await findings(page)).toEqual([])
    await page.getByLabel('Name').fill('My phone')
    await press('Add a passkey')
    await page.getByRole('heading', { name: 'My phone' }).waitFor()
    expect(await findings(page)).toEqual([])
    const [kept] = await phone.credentials()
    expect(kept).toMatchObject({ isResidentCredential: true })

    await page.goto(at('/account'))
    await press('Log off')
    await page.goto(at('/log-in'))
    await press('Use a passkey')
    await heading('Your account')
    expect(await page.textContent('main')).toContain(member.person.handle)

    await page.goto(at('/account/passkeys'))
    await press('Remove My phone')
    await page.getByText('You have no passkey yet.').waitFor()
    await eventually(
      'the phone to forget what is accepted no more',
      async () => (await phone.credentials()).length === 0,
    )

    await phone.add(kept!)
    await page.goto(at('/account'))
    await press('Log off')
    await page.goto(at('/log-in'))
    await press('Use a passkey')
    await page.getByText('This passkey is not known here any more').waitFor()
    await eventually('the phone to forget what is unknown', async () => (await phone.credentials()).length === 0)
  })
})

type Credential = Awaited<ReturnType<Phone['credentials']>>[number]

/** Chromium’s virtual authenticator. */
class Phone {
  private constructor(
    private readonly session: CDPSession,
    private readonly authenticatorId: string,
  ) {}

  static async beside(session: CDPSession): Promise<Phone> {
    await session.send('WebAuthn.enable')
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', { options: PHONE })
    return new Phone(session, authenticatorId)
  }

  async credentials() {
    const { authenticatorId } = this
    return (await this.session.send('WebAuthn.getCredentials', { authenticatorId })).credentials
  }

  async add(credential: Credential): Promise<void> {
    await this.session.send('WebAuthn.addCredential', { authenticatorId: this.authenticatorId, credential })
  }
}

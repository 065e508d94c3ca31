import { createHmac } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { Member, newPerson } from '@mpics/tools/people/member'
import { launchBrowser } from '../driver/browser.js'
import { parts, sharedSystem } from '../driver/system.js'

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** What an authenticator app shows (RFC 6238). */
function codeOf(secret: string): string {
  const bits = [...secret].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const mac = createHmac('sha1', key).update(counter).digest()
  const code = mac.readUInt32BE(mac[19]! & 15) & 0x7fff_ffff
  return String(code % 1_000_000).padStart(6, '0')
}

describe('second factors on pages', () => {
  const running = sharedSystem()
  let browser: Browser
  let page: Page
  let member: Member

  beforeAll(async () => {
    browser = await launchBrowser()
    const { api, mailbox } = parts(running)
    member = new Member(newPerson('berenice', 'Berenice Canary'), api, mailbox)
    await member.join()
    page = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
  })
  afterAll(() => browser?.close())

  const heading = () => page.getByRole('heading', { level: 1 }).textContent()
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()

  async function logIn(path: string): Promise<void> {
    await page.goto(running.system.gatewayUrl + path)
    await page.getByLabel('Handle or e-mail address').fill(member.person.handle)
    await page.getByLabel('Password').fill(member.person.password)
    await press('Log in')
  }

  async function complete(label: string, code: string): Promise<void> {
    const form = page.locator('form', { has: page.getByLabel(label) })
    await form.getByLabel(label).fill(code)
    await form.getByRole('button').click()
  }

  it('are set up by a picture, asked for at the next log-in, and taken out, without JavaScript', async () => {
    await logIn('/account/factors')
    await press('Set up an app')
    expect(await page.locator('.qr svg').count()).toBe(1)
    const secret = (await page.locator('main code').textContent())!
    await page.getByLabel('Code of the app').fill('000000')
    await press('Use this app')
    expect(await page.getByRole('alert').textContent()).toContain('not the code')
    await page.getByLabel('Code of the app').fill(codeOf(secret))
    await press('Use this app')
    const codes = await page.locator('.codes li').allTextContents()
    expect([await heading(), codes.length]).toEqual(['Your recovery codes', 10])

    await page.goto(`${running.system.gatewayUrl}/account`)
    await press('Log off')
    await logIn('/account/factors')
    expect(await heading()).toBe('One more step')
    await complete('Code of your authenticator app', '000000')
    expect(await page.getByRole('alert').textContent()).toContain('not right')
    await complete('Recovery code', codes[0]!.trim())
    expect(await heading()).toBe('Second factors')
    expect(await page.textContent('main')).toContain('9 codes are left.')
    await press('Take the app out')
    expect(await page.textContent('main')).toContain('Not in use.')
  })
})

import { createHash } from 'node:crypto'
import { DAY_MS } from '@mpics/contracts/durations'
import { eventually } from '@mpics/testing/eventually'
import { openedExport } from './opened-export.js'
import { newPassword, Person } from './person.js'

const TIMEOUT_MS = 240_000
const AGAIN_MS = 100
const BROWSER = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'

/** Somebody who changes the account itself. */
export class Holder extends Person {
  /** Every session ends; an attempt before, whose answer was lost, has ended the acting one. Comes back within the grace. */
  async close(): Promise<void> {
    const [former, accountId] = [this.token, this.accountId]
    const request = { method: 'DELETE', path: '/v1/me', token: former }
    await this.requests.command({ kind: 'close-account', accountId }, request, undefined, [401])
    await this.untilOut(former)
    await this.logIn()
    const { body } = await this.requests.read('/v1/me', this.token)
    if (!body.closure) throw new Error(`the account of ${this.handle} was closed, and is open: ${JSON.stringify(body)}`)
    await this.untilShown(false)
  }

  async restore(): Promise<void> {
    const request = { method: 'POST', path: '/v1/me/restoration', token: this.token }
    await this.requests.command({ kind: 'restore-account', accountId: this.accountId }, request)
    await this.logIn()
    await this.untilShown(true)
  }

  /** The session ends of which nobody asked anything. */
  async lockedOut(): Promise<void> {
    await this.untilOut(this.token)
    await this.untilShown(false)
  }

  /** An attempt before, whose answer was lost, has made the present password a former one. */
  async choosePassword(): Promise<void> {
    const [acting, password] = [await this.openAnother(), newPassword()]
    const body = { currentPassword: this.password, newPassword: password }
    const request = { method: 'PUT', path: '/v1/me/password', token: acting.token, body }
    const asked = { kind: 'change-password', accountId: this.accountId, sessionId: acting.sessionId } as const
    await this.requests.command(asked, request, undefined, [403])
    this.password = password
    await this.untilOtherOut(acting)
    await this.logIn()
  }

  /** With the link in the mail to the new address. */
  async moveTo(email: string): Promise<void> {
    const acting = await this.openAnother()
    await this.askForAddress(email)
    const asked = { kind: 'confirm-address', accountId: this.accountId, sessionId: acting.sessionId, email } as const
    await this.untilTaken(email, '/confirm-email', (token) => {
      const request = { method: 'POST', path: '/v1/me/email/confirm', body: { token } }
      return this.requests.command(asked, request, undefined, [410])
    })
    this.email = email
    await this.untilOtherOut(acting)
  }

  /** Freezes the change with the link in the mail to the present address, and drops it. */
  async refuse(email: string): Promise<void> {
    const [former, { accountId, password }] = [this.token, this]
    await this.askForAddress(email)
    const token = await this.untilTaken(this.email, '/freeze-email', (token) => {
      const freezing = { method: 'POST', path: '/v1/me/email/freeze', body: { token } }
      return this.requests.command({ kind: 'freeze-address', accountId }, freezing, undefined, [410])
    })
    const body = { token, decision: 'drop', password }
    const deciding = { method: 'POST', path: '/v1/me/email/freeze/decision', body }
    await this.requests.command({ kind: 'drop-address', accountId }, deciding)
    await this.untilOut(former)
    await this.logIn()
  }

  /** Waits for the file, however often those who make it die, and reads it twice: nobody replaces it. */
  async fetchExport(): Promise<void> {
    const { accountId, token } = this
    const request = { method: 'POST', path: '/v1/me/exports', token }
    const asked = { kind: 'request-export', accountId } as const
    const { id } = (await this.requests.command(asked, request, (answer) => answer.id)).body as { id: string }
    const told = async () => (await this.requests.read(`/v1/me/exports/${id}`, token)).body
    const isReady = async () => (await told()).status === 'ready'
    await eventually(`the export of ${this.handle}`, isReady, TIMEOUT_MS, AGAIN_MS)
    for (let times = 0; times < 2; times++) {
      const { url, sha256 } = await told()
      const { body } = await this.requests.read(url, token)
      const hash = createHash('sha256')
        .update(body as Uint8Array)
        .digest('hex')
      if (hash !== sha256) throw new Error(`the export of ${this.handle} is another file than the one that was told of`)
      if (times > 0) continue
      this.requests.saw({ kind: 'read-export', accountId, exportId: id, ...(await openedExport(body as Uint8Array)) })
    }
  }

  async makeToken(): Promise<string> {
    const expiresAt = new Date(Date.now() + DAY_MS).toISOString()
    const body = { name: 'A program', scopes: ['photos:read'], expiresAt }
    const request = { method: 'POST', path: '/v1/me/tokens', token: this.token, body }
    const asked = { kind: 'create-token', accountId: this.accountId } as const
    return (await this.requests.command(asked, request, (answer) => answer.id)).body.id as string
  }

  async revokeToken(tokenId: string): Promise<void> {
    const request = { method: 'DELETE', path: `/v1/me/tokens/${tokenId}`, token: this.token }
    await this.requests.command({ kind: 'revoke-token', accountId: this.accountId, tokenId }, request, undefined, [404])
  }

  /** Follows one link after the other: a request that was sent again has ended the links of the one before. */
  private async untilTaken(address: string, path: string, take: (token: string) => Promise<{ status: number }>) {
    const tried = new Set<string>()
    for (;;) {
      const untried = async () => (await this.mailbox.tokens(address, path)).find((token) => !tried.has(token))
      const token = await eventually(`a new link to ${path} for ${this.handle}`, untried, TIMEOUT_MS, AGAIN_MS)
      tried.add(token)
      if ((await take(token)).status !== 410) return token
    }
  }

  private async askForAddress(newEmail: string): Promise<void> {
    const body = { currentPassword: this.password, newEmail }
    const request = { method: 'PUT', path: '/v1/me/email', token: this.token, body }
    const asked = { kind: 'request-address', accountId: this.accountId, email: newEmail } as const
    await this.requests.command(asked, request)
  }

  /** One more session, which acts from now on; `other` is to end. */
  protected async openAnother() {
    const other = this.token
    await this.opens(this.password, BROWSER)
    return { token: this.token, sessionId: this.sessionId, other }
  }

  protected async untilOtherOut({ token, other }: { token: string; other: string }): Promise<void> {
    await this.untilOut(other)
    if (await this.isRefused(token)) throw new Error(`the acting session of ${this.handle} has ended, too`)
  }

  /** As anybody sees it. */
  private async untilShown(shown: boolean): Promise<void> {
    const wanted = shown ? 200 : 404
    const look = async () =>
      (await this.requests.read(`/v1/profiles/${this.handle}`, undefined, [404])).status === wanted
    await eventually(`${this.handle} to be ${shown ? 'shown' : 'hidden'}`, look, TIMEOUT_MS, AGAIN_MS)
  }
}

import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { profiles } from '@mpics/contracts'
import { root } from '@mpics/tools/environment/root'
import { eventually } from '@mpics/testing/eventually'
import type { Mailbox } from '@mpics/tools/people/mailbox'
import type { Requests } from './requests.js'

const PHOTO = join(root, 'tools/photographs/chelsea.jpg')
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const SAFARI = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 Version/17.5 Safari/605.1.15'
const TIMEOUT_MS = 240_000
/** Asking more often would take the processors from what is waited for. */
const AGAIN_MS = 100

/** A user of the public API, one request at a time, through whatever happens. */
export class Person {
  accountId = ''
  /** Others can follow this person. */
  joined = false
  readonly photos: string[] = []
  protected token = ''
  /** Token of the session that ended last. */
  private formerToken?: string
  protected sessionId = ''
  protected password = newPassword()
  private readonly triedLinks = new Set<string>()

  constructor(
    readonly handle: string,
    protected readonly requests: Requests,
    protected readonly mailbox: Mailbox,
    public email = `${handle}@people.example`,
  ) {}

  /** Registers, follows the link in the mail, logs in, and waits for the profile. */
  async join(): Promise<void> {
    await this.register()
    await this.verify()
    await this.logIn()
    await eventually(`a profile for ${this.handle}`, () => this.hasProfile(), TIMEOUT_MS, AGAIN_MS)
    this.joined = true
  }

  /** Logs off, and comes back with another browser. */
  async leave(): Promise<void> {
    const request = { method: 'DELETE', path: '/v1/sessions/current', token: this.token }
    // an attempt before, whose answer was lost, has ended the token
    await this.requests.command({ kind: 'log-off', sessionId: this.sessionId }, request, undefined, [401])
    await this.untilOut(this.token)
    await this.logIn(SAFARI)
  }

  /** Resets a forgotten password through a mail. */
  async changePassword(): Promise<void> {
    const [former, password] = [this.token, newPassword()]
    const request = { method: 'POST', path: '/v1/password-resets', body: { email: this.email } }
    await this.requests.command({ kind: 'request-reset', accountId: this.accountId }, request)
    await this.untilReset(password)
    this.password = password
    await this.untilOut(former)
    await this.logIn()
  }

  /** The session that ended last is known to have ended. */
  async isOut(): Promise<boolean> {
    return this.formerToken === undefined || this.isRefused(this.formerToken)
  }

  follow = (whom: Person) => this.relate('follow', whom)
  unfollow = (whom: Person) => this.relate('unfollow', whom)

  async consent(purpose: string, granted: boolean): Promise<void> {
    const body = granted ? { granted, ...(await this.shown(purpose)) } : { granted }
    const request = { method: 'PUT', path: `/v1/me/consents/${purpose}`, token: this.token, body }
    const asked = { kind: 'consent', accountId: this.accountId, purpose, granted } as const
    // the service limits changes of mind in a day
    await this.requests.command(asked, request, (answer) => answer.receiptId, [429])
  }

  private async shown(purpose: string): Promise<{ noticeVersion: string; served: string }> {
    const { noticeVersion, served } = (await this.requests.read(`/v1/consent-forms/${purpose}`, this.token)).body
    return { noticeVersion, served }
  }

  async chooseMails(follows: string): Promise<void> {
    const request = { method: 'PUT', path: '/v1/me/email-settings', token: this.token, body: { follows } }
    await this.requests.command({ kind: 'mail-setting', accountId: this.accountId, follows }, request)
  }

  async showBio(bio: string): Promise<void> {
    const body = { ...profiles.forEachField(() => 'members'), bio, messengers: 'followers' }
    const request = { method: 'PUT', path: '/v1/me/visibility', token: this.token, body }
    await this.requests.command({ kind: 'visibility', accountId: this.accountId, bio }, request)
  }

  async upload(title: string): Promise<void> {
    this.photos.push(await this.send(title, await readFile(PHOTO), false))
  }

  /** Half of a picture: the service takes the upload, and rejects it in processing. */
  async uploadDamaged(title: string): Promise<void> {
    const content = await readFile(PHOTO)
    await this.send(title, content.subarray(0, content.length / 2), true)
  }

  private async send(title: string, content: Buffer<ArrayBuffer>, damaged: boolean): Promise<string> {
    const form = () => {
      const form = new FormData()
      form.set('title', title)
      form.set('visibility', 'public')
      form.set('file', new Blob([content], { type: 'image/jpeg' }), 'photo.jpg')
      return form
    }
    const request = { method: 'POST', path: '/v1/photos', token: this.token, form, key: randomUUID }
    const asked = { kind: 'upload', ownerId: this.accountId, title, damaged } as const
    const { body } = await this.requests.command(asked, request, (answer) => answer.id)
    return body.id as string
  }

  async retitle(photoId: string, title: string): Promise<void> {
    const request = { method: 'PATCH', path: `/v1/photos/${photoId}`, token: this.token, body: { title } }
    await this.requests.command({ kind: 'retitle', ownerId: this.accountId, photoId, title }, request)
  }

  async remove(photoId: string): Promise<void> {
    this.photos.splice(this.photos.indexOf(photoId), 1)
    const request = { method: 'DELETE', path: `/v1/photos/${photoId}`, token: this.token }
    await this.requests.command({ kind: 'remove', ownerId: this.accountId, photoId }, request)
  }

  async sees(photoId: string): Promise<boolean> {
    const { status, body } = await this.requests.read(`/v1/photos/${photoId}`, this.token, [404])
    return status === 200 && body.status === 'published'
  }

  /** Anonymous, as most views are. */
  async view(page: string): Promise<void> {
    const headers = { 'user-agent': FIREFOX, 'accept-language': 'en' }
    await this.requests.command(
      { kind: 'view', page },
      { method: 'POST', path: '/v1/page-views', body: { page }, headers },
    )
  }

  private async register(): Promise<void> {
    const fullName = `Person ${this.handle}`
    const accepted = { terms: await this.policy('terms'), privacy: await this.policy('privacy') }
    const about = { handle: this.handle, email: this.email, fullName }
    const body = { ...about, password: this.password, birthDate: '1990-05-17', accepted }
    const request = { method: 'POST', path: '/v1/accounts', body, key: randomUUID }
    // an attempt before, whose process died before its answer, has taken the handle
    await this.requests.command({ kind: 'register', ...about }, request, (answer) => answer.id, [409])
  }

  private async verify(): Promise<void> {
    const token = await this.mailbox.token(this.email, '/verify-email', TIMEOUT_MS)
    const request = { method: 'POST', path: '/v1/accounts/verify-email', body: { token } }
    await this.requests.command({ kind: 'verify', handle: this.handle }, request)
  }

  async logIn(browser = FIREFOX): Promise<void> {
    await this.opens(this.password, browser)
    this.accountId = (await this.requests.read('/v1/me', this.token)).body.id
  }

  /** Tries to log in with this password; `refusals` are the answers to a wrong one. */
  protected async opens(password: string, browser = FIREFOX, refusals: number[] = []): Promise<boolean> {
    const body = { login: this.handle, password }
    const request = { method: 'POST', path: '/v1/sessions', body, headers: { 'user-agent': browser } }
    const asked = { kind: 'log-in', handle: this.handle } as const
    const answer = await this.requests.command(asked, request, ({ sessionId }) => sessionId, refusals)
    if (refusals.includes(answer.status)) return false
    this.token = answer.body.accessToken
    this.sessionId = answer.body.sessionId
    return true
  }

  /** Follows one link after the other: only the newest request's works, and only once, though either may have had its effect unanswered. */
  private async untilReset(password: string): Promise<void> {
    for (;;) {
      const token = await eventually(`a new link for ${this.handle}`, () => this.untriedLink(), TIMEOUT_MS, AGAIN_MS)
      this.triedLinks.add(token)
      const request = { method: 'POST', path: '/v1/password-resets/confirm', body: { token, newPassword: password } }
      const asked = { kind: 'reset-password', accountId: this.accountId } as const
      const { status } = await this.requests.command(asked, request, undefined, [410])
      if (status !== 410 || (await this.opens(password, FIREFOX, [401]))) return
    }
  }

  private async untriedLink(): Promise<string | undefined> {
    const tokens = await this.mailbox.tokens(this.email, '/reset-password')
    return tokens.find((token) => !this.triedLinks.has(token))
  }

  /** Waits for every gateway. */
  protected async untilOut(token: string): Promise<void> {
    await eventually(`the session of ${this.handle} to end`, () => this.isRefused(token), TIMEOUT_MS, AGAIN_MS)
    this.formerToken = token
  }

  protected async isRefused(token: string): Promise<boolean> {
    return (await this.requests.read('/v1/me', token, [401])).status === 401
  }

  private async hasProfile(): Promise<boolean> {
    return (await this.requests.read(`/v1/profiles/${this.handle}`, this.token, [404])).status === 200
  }

  private async relate(kind: 'follow' | 'unfollow', whom: Person): Promise<void> {
    const method = kind === 'follow' ? 'PUT' : 'DELETE'
    const request = { method, path: `/v1/profiles/${whom.handle}/follow`, token: this.token }
    await this.requests.command({ kind, followerId: this.accountId, followedId: whom.accountId }, request)
  }

  private async policy(document: string): Promise<string> {
    const { items } = (await this.requests.read('/v1/policies')).body as {
      items: { document: string; version: string }[]
    }
    return items.find((policy) => policy.document === document)!.version
  }
}

export const newPassword = () => `correct horse ${randomUUID()}`

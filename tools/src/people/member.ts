import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { type ApiClient, type ApiRequest, Session } from '@mpics/api-client'
import { identity, media, profiles } from '@mpics/contracts'
import { eventually } from '@mpics/testing/eventually'
import { type Mail, type Mailbox, tokenIn } from './mailbox.js'

export interface Person {
  handle: string
  email: string
  password: string
  fullName: string
}

type ConsentPurpose = ApiRequest<typeof identity.changeConsent>['params']['purpose']
type Details = Omit<ApiRequest<typeof media.uploadPhoto>['body'], 'file'>

const PUBLISHED_MS = 120_000

const suffix = () => randomBytes(4).toString('hex')

/** Somebody new, with values that occur nowhere else: so that they can be looked for. */
export function newPerson(name: string, fullName: string): Person {
  const unique = suffix()
  return {
    handle: `${name}_${unique}`,
    email: `${name}.${unique}@example.org`,
    password: `correct horse ${suffix()} ${suffix()}`,
    fullName: `${fullName} ${unique}`,
  }
}

/** The registration of somebody who accepts the policies in force. */
export async function registrationOf(api: ApiClient, person: Person) {
  const { items } = await api.call(identity.listPolicies, {})
  const inForce = (document: string) => items.find((policy) => policy.document === document)!.version
  const accepted = { terms: inForce('terms'), privacy: inForce('privacy') }
  return { ...person, birthDate: '1990-05-17', accepted }
}

/** A person who uses the public API. */
export class Member {
  accountId = ''
  private readonly session: Session

  constructor(
    readonly person: Person,
    readonly anonymous: ApiClient,
    private readonly mailbox: Mailbox,
  ) {
    this.session = new Session(anonymous, {
      logIn: identity.logIn,
      refreshSession: identity.refreshSession,
      logOff: identity.logOff,
    })
  }

  /** Calls as this member, once logged in. */
  get api(): ApiClient {
    return this.session.api
  }

  get accessToken(): string {
    return this.session.token() ?? ''
  }

  get sessionId(): string {
    return this.session.sessionId
  }

  async register(): Promise<void> {
    const body = await registrationOf(this.anonymous, this.person)
    this.accountId = (await this.anonymous.call(identity.registerAccount, { body })).id
  }

  /** Is shown the form, and gives consent. */
  async consent(purpose: ConsentPurpose) {
    const { noticeVersion, served } = await this.api.call(identity.getConsentForm, { params: { purpose } })
    return this.api.call(identity.changeConsent, {
      params: { purpose },
      body: { granted: true, noticeVersion, served },
    })
  }

  /** Follows the link in the mail; returns the mail. */
  async verify(): Promise<Mail> {
    const mail = await this.mailbox.find(this.person.email, /verify-email/)
    const token = tokenIn(mail, '/verify-email')!
    await this.anonymous.call(identity.verifyEmail, { body: { token } })
    return mail
  }

  async logIn(): Promise<void> {
    await this.session.logIn({ login: this.person.handle, password: this.person.password })
  }

  /** Takes a new access token, which holds the roles of this moment. */
  async renew(): Promise<void> {
    if (!(await this.session.renew())) throw new Error(`the site gave ${this.person.handle} no new access token`)
  }

  async join(): Promise<Mail> {
    await this.register()
    const mail = await this.verify()
    await this.logIn()
    return mail
  }

  /** A picture by its path, or its bytes. */
  async upload(picture: string | Uint8Array<ArrayBuffer>, details: Details = {}): Promise<string> {
    const [content, name] =
      typeof picture === 'string' ? [await readFile(picture), basename(picture)] : [picture, 'photo.jpg']
    const file = new File([content], name, { type: 'image/jpeg' })
    return (await this.api.call(media.uploadPhoto, { body: { ...details, file } })).id
  }

  photo = (id: string) => this.api.call(media.getPhoto, { params: { id } })

  /** Waits until the photo has its renditions. */
  published(id: string) {
    const look = async () => {
      const photo = await this.photo(id)
      return photo.status === 'published' && photo
    }
    return eventually(`photo ${id} to be published`, look, PUBLISHED_MS, 100)
  }

  follow = (handle: string) => this.api.call(profiles.followProfile, { params: { handle } })
  unfollow = (handle: string) => this.api.call(profiles.unfollowProfile, { params: { handle } })
}

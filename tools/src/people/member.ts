import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ApiClient } from '../tour/api-client.js'
import { eventually } from '../tour/eventually.js'
import { linkIn, type Mail, type Mailbox } from './mailbox.js'

export interface Person {
  handle: string
  email: string
  password: string
  fullName: string
}

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

/** A person using the public API. `patience` (ms) rides out restarts. */
export class Member {
  accountId = ''
  accessToken = ''
  sessionId = ''

  constructor(
    readonly person: Person,
    readonly api: ApiClient,
    private readonly mailbox: Mailbox,
    private readonly patience = 0,
  ) {}

  async register(): Promise<void> {
    const { items } = (await this.api.get('/v1/policies', { patience: this.patience })).body as {
      items: { document: string; version: string }[]
    }
    const inForce = (document: string) => items.find((p) => p.document === document)?.version
    const body = {
      ...this.person,
      birthDate: '1990-05-17',
      accepted: { terms: inForce('terms'), privacy: inForce('privacy') },
    }
    const key = { 'idempotency-key': suffix() + suffix() }
    this.accountId = (await this.api.post('/v1/accounts', body, { patience: this.patience, headers: key })).body.id
  }

  /** Follows the link in the mail; returns the mail. */
  async verify(): Promise<Mail> {
    const mail = await this.mailbox.find(this.person.email, /verify-email/, 60_000)
    const token = linkIn(mail, '/verify-email').searchParams.get('token')
    await this.api.post('/v1/accounts/verify-email', { token }, { patience: this.patience, expect: [204] })
    return mail
  }

  async logIn(): Promise<void> {
    const answer = await this.api.post(
      '/v1/sessions',
      { login: this.person.handle, password: this.person.password },
      { patience: this.patience },
    )
    this.accessToken = answer.body.accessToken
    this.sessionId = answer.body.sessionId
  }

  async join(): Promise<Mail> {
    await this.register()
    const mail = await this.verify()
    await this.logIn()
    return mail
  }

  call(method: string, path: string, body?: unknown, expect?: number[]) {
    return this.api.call(method, path, { token: this.accessToken, body, expect, patience: this.patience })
  }

  async upload(file: string, fields: Record<string, string> = {}): Promise<string> {
    const form = () => {
      const f = new FormData()
      for (const [name, value] of Object.entries(fields)) f.set(name, value)
      f.set('file', new Blob([content], { type: 'image/jpeg' }), basename(file))
      return f
    }
    const content = await readFile(file)
    const answer = await this.api.call('POST', '/v1/photos', {
      token: this.accessToken,
      form: form(),
      patience: this.patience,
    })
    return answer.body.id as string
  }

  /** Waits until the photo has its renditions. */
  published(photoId: string) {
    return eventually(
      `photo ${photoId} to be published`,
      async () => {
        const { body } = await this.call('GET', `/v1/photos/${photoId}`)
        return body.status === 'published' && body
      },
      60_000,
    )
  }

  follow = (handle: string) => this.call('PUT', `/v1/profiles/${handle}/follow`, undefined, [204])
  unfollow = (handle: string) => this.call('DELETE', `/v1/profiles/${handle}/follow`, undefined, [204])
}

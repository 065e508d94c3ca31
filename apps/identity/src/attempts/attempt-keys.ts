import { createHmac } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { emailKeyOf } from '../accounts/email-key.js'
import { Secrets } from '../keys/secrets.js'
import type { LinkKind } from '../links/one-time-links.js'

/** Derives the keys of attempts from typed names, so that the database does not hold the names. */
@Injectable()
export class AttemptKeys {
  private readonly secret: Buffer

  constructor(secrets: Secrets) {
    this.secret = secrets.keyFor('attempts')
  }

  /** The key for a known browser starts with the key of the name. */
  logIn(loginKey: string, knownBrowserHash?: string): string {
    const name = this.mac(`log-in:${loginKey}:`)
    return knownBrowserHash === undefined ? name : `${name}.${this.mac(`known-browser:${knownBrowserHash}`)}`
  }

  mail(kind: LinkKind, email: string): string {
    return this.mac(`mail:${kind}:${emailKeyOf(email)}`)
  }

  ofAccount({ handleKey, emailKey, email }: Account): string[] {
    const mails = (['verify-email', 'reset-password'] as const).map((kind) => this.mail(kind, email))
    return [this.logIn(handleKey), this.logIn(emailKey), ...mails]
  }

  private mac(text: string): string {
    return createHmac('sha256', this.secret).update(text).digest('base64url')
  }
}

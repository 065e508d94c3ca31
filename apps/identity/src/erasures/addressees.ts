import type { Overlapping } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { openText, sealText } from '../keys/sealed-text.js'
import { Secrets } from '../keys/secrets.js'

/** As much of an account as its last mail needs. */
export type Addressee = Pick<Account, 'email' | 'handle' | 'locale' | 'timeZone'>

/** Seals whom the last mail goes to, so that a copy of the database holds no address. */
@Injectable()
export class Addressees {
  private readonly keys: Overlapping<Buffer>

  constructor(secrets: Secrets) {
    this.keys = secrets.keysFor('last-mails')
  }

  /** Null for an address that nobody has proved to be theirs. */
  seal({ email, emailVerifiedAt, handle, locale, timeZone }: Account, erasureId: string): string | null {
    if (!emailVerifiedAt) return null
    const addressee: Addressee = { email, handle, locale, timeZone }
    return sealText(JSON.stringify(addressee), this.keys, erasureId)
  }

  /** Null where the key that sealed it is gone. */
  open(sealed: string, erasureId: string): Addressee | null {
    const text = openText(sealed, this.keys, erasureId)
    return text === null ? null : (JSON.parse(text) as Addressee)
  }
}

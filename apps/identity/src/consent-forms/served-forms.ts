import { DomainError } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import { Clock, type OverlappingMac } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { Secrets } from '../keys/secrets.js'
import type { ServedForm } from '../ledger/ledger-entry.js'
import {
  ServedExpiredError,
  ServedForAnotherAccountError,
  ServedForAnotherPurposeError,
  ServedInvalidError,
} from './served.errors.js'

export const SERVED_MS = DAY_MS

/** A form, and to whom and for what it was shown. */
export interface Served extends ServedForm {
  accountId: string
  purpose: string
  noticeVersion: string
  surface: string
}

/** Tokens of forms that were shown. They are stored nowhere: only the entry that one was used for keeps its id. */
@Injectable()
export class ServedForms {
  private readonly mac: OverlappingMac

  constructor(
    secrets: Secrets,
    private readonly clock: Clock,
  ) {
    this.mac = secrets.macFor('consent-forms')
  }

  tokenFor(served: Served): string {
    const said = Buffer.from(JSON.stringify(served))
    return `${said.toString('base64url')}.${this.mac.make(said).toString('base64url')}`
  }

  /** Throws unless the token is ours and was made for this account and purpose. */
  read(token: string, accountId: string, purpose: string): Served {
    const [said, mac, ...rest] = token.split('.').map(bytesOf)
    if (!said || !mac || rest.length > 0 || !this.mac.isOurs(said, mac)) throw new ServedInvalidError()
    const served = JSON.parse(said.toString()) as Served
    if (served.accountId !== accountId) throw new ServedForAnotherAccountError()
    if (served.purpose !== purpose) throw new ServedForAnotherPurposeError()
    return served
  }

  /** For a withdrawal, which a bad token does not stop. */
  readIfGood(token: string, accountId: string, purpose: string): Served | undefined {
    try {
      const served = this.read(token, accountId, purpose)
      return this.expiryOf(served) ? undefined : served
    } catch (error) {
      if (error instanceof DomainError) return undefined
      throw error
    }
  }

  expiryOf({ shownAt }: Served): ServedExpiredError | undefined {
    const age = this.clock.now().getTime() - Date.parse(shownAt)
    return age < SERVED_MS ? undefined : new ServedExpiredError()
  }
}

/** Decoding passes over foreign characters: only the one spelling that was made is a token. */
function bytesOf(part: string): Buffer | undefined {
  const bytes = Buffer.from(part, 'base64url')
  return bytes.toString('base64url') === part ? bytes : undefined
}

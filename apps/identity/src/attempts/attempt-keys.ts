import { emailKeyOf } from '@mpics/contracts'
import type { OverlappingMac } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { Secrets } from '../keys/secrets.js'
import type { LinkKind } from '../links/one-time-links.js'

/**
 * Derives the keys of attempts from typed names, so that the database does not hold the names. With another secret the counts begin
 * anew; those under former secrets are only erased.
 */
@Injectable()
export class AttemptKeys {
  private readonly macs: OverlappingMac

  constructor(secrets: Secrets) {
    this.macs = secrets.macFor('attempts')
  }

  /** The key for a known browser starts with the key of the name. */
  logIn(loginKey: string, knownBrowserHash?: string): string {
    const name = this.mac(`log-in:${loginKey}:`)
    return knownBrowserHash === undefined ? name : `${name}.${this.mac(`known-browser:${knownBrowserHash}`)}`
  }

  mail(kind: LinkKind, email: string): string {
    return this.mac(mailText(kind, email))
  }

  ofAccount({ id, handleKey, emailKey, email }: Account): string[] {
    const logIns = [handleKey, emailKey, factorKeyOf(handleKey)].map((name) => `log-in:${name}:`)
    const kinds = ['verify-email', 'reset-password', 'confirm-factor-recovery'] as const
    const mails = kinds.map((kind) => mailText(kind, email))
    return [...logIns, ...mails, mailText('freeze-email', id)].flatMap((text) =>
      this.macs.all(text).map((mac) => mac.toString('base64url')),
    )
  }

  private mac(text: string): string {
    return this.macs.make(text).toString('base64url')
  }
}

/** Guesses at a factor count apart: who knows the password begins those of it anew at will. No handle has a blank. */
export const factorKeyOf = (handleKey: string): string => `factor ${handleKey}`

const mailText = (kind: LinkKind, email: string): string => `mail:${kind}:${emailKeyOf(email)}`

import { hkdfSync, type KeyObject } from 'node:crypto'
import { macKey, type Overlapping, OverlappingMac, overlappingOf } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { IdentityConfig } from '../config.js'

/** Each purpose has its own key, so that a value for one purpose proves nothing for another. */
export type KeyPurpose =
  | 'one-time-links'
  | 'age-cookie'
  | 'refresh-tokens'
  | 'page-sessions'
  | 'attempts'
  | 'known-browsers'
  | 'totp-secrets'
  | 'passkey-challenges'
  | 'last-mails'
  | 'consent-forms'

/** Derives keys from IDENTITY_SECRET (HKDF, RFC 5869). */
@Injectable()
export class Secrets {
  constructor(private readonly config: IdentityConfig) {}

  keysFor(purpose: KeyPurpose): Overlapping<Buffer> {
    return overlappingOf(this.config.IDENTITY_SECRET, (secret) =>
      Buffer.from(hkdfSync('sha256', secret, '', purpose, 32)),
    )
  }

  macKeysFor(purpose: KeyPurpose): Overlapping<KeyObject> {
    return overlappingOf(this.keysFor(purpose), macKey)
  }

  macFor(purpose: KeyPurpose, bytes?: number): OverlappingMac {
    return new OverlappingMac(this.keysFor(purpose), bytes)
  }
}

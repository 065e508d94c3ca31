import { hkdfSync } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import { IdentityConfig } from '../config.js'

/** Each purpose has its own key, so that a value for one purpose proves nothing for another. */
export type KeyPurpose = 'one-time-links' | 'age-cookie' | 'refresh-tokens' | 'attempts' | 'known-browsers'

/** Derives keys from IDENTITY_SECRET (HKDF, RFC 5869). */
@Injectable()
export class Secrets {
  constructor(private readonly config: IdentityConfig) {}

  keyFor(purpose: KeyPurpose): Buffer {
    return Buffer.from(hkdfSync('sha256', this.config.IDENTITY_SECRET, '', purpose, 32))
  }
}

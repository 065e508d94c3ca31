import { hkdfSync } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import { IdentityConfig } from '../config.js'

/** What a key is for. One key for each purpose, so that a value made for one proves nothing in another. */
export type KeyPurpose = 'one-time-links' | 'age-cookie' | 'refresh-tokens' | 'attempts' | 'known-browsers'

/** The keys that are derived from IDENTITY_SECRET (HKDF, RFC 5869). */
@Injectable()
export class Secrets {
  constructor(private readonly config: IdentityConfig) {}

  keyFor(purpose: KeyPurpose): Buffer {
    return Buffer.from(hkdfSync('sha256', this.config.IDENTITY_SECRET, '', purpose, 32))
  }
}

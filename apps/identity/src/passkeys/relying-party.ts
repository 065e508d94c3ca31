import { Injectable } from '@nestjs/common'
import { IdentityConfig } from '../config.js'

/** The site as WebAuthn names it: the host of its address. Passkeys of another address are those of another site. */
@Injectable()
export class RelyingParty {
  readonly name = 'Million Pictures'
  readonly id: string
  readonly origin: string

  constructor({ PUBLIC_URL }: IdentityConfig) {
    const { hostname, origin } = new URL(PUBLIC_URL)
    this.id = hostname
    this.origin = origin
  }
}

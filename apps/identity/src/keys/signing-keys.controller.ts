import { type ApiAnswer, identity } from '@mpics/contracts'
import { Endpoint } from '@mpics/service-kit'
import { Controller, Header } from '@nestjs/common'
import { IdentityConfig } from '../config.js'

@Controller()
export class SigningKeysController {
  constructor(private readonly config: IdentityConfig) {}

  /** Verifiers cache the keys for five minutes; a new key waits twice as long before it signs. */
  @Endpoint(identity.getSigningKeys)
  @Header('cache-control', 'public, max-age=300')
  keys(): ApiAnswer<typeof identity.getSigningKeys> {
    return { keys: this.config.IDENTITY_SIGNING_KEYS.map(({ publicJwk }) => publicJwk) }
  }
}

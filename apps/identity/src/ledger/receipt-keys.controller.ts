import { type ApiAnswer, identity } from '@mpics/contracts'
import { Endpoint } from '@mpics/service-kit'
import { Controller, Header } from '@nestjs/common'
import { IdentityConfig } from '../config.js'

/** Keys of their own: one that signs receipts opens no session. */
@Controller()
export class ReceiptKeysController {
  constructor(private readonly config: IdentityConfig) {}

  @Endpoint(identity.getReceiptKeys)
  @Header('cache-control', 'public, max-age=300')
  keys(): ApiAnswer<typeof identity.getReceiptKeys> {
    return { keys: this.config.IDENTITY_RECEIPT_KEYS.map(({ publicJwk }) => publicJwk) }
  }
}

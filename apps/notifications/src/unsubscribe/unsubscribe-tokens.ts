import { createHmac, timingSafeEqual } from 'node:crypto'
import { DomainError } from '@mpics/contracts'
import { Injectable } from '@nestjs/common'
import { NotificationsConfig } from '../config.js'
import type { ChosenCategory } from '../settings/settings.js'

export class UnsubscribeLinkInvalidError extends DomainError {
  readonly code = 'notifications.unsubscribe-link-invalid'
  readonly kind = 'not-found'
  constructor() {
    super('This is no unsubscribe link of ours; use the one in the mail, or the settings.')
  }
}

// The order is part of every link that was sent: add at the end, never change.
const CATEGORIES: readonly ChosenCategory[] = ['follows', 'messages', 'comments', 'favourites']
const ID_BYTES = 16
const MAC_BYTES = 16

/** Account and category under a MAC of 128 bits: works for ever, for these mails only, and cannot be made by others. */
@Injectable()
export class UnsubscribeTokens {
  constructor(private readonly config: NotificationsConfig) {}

  tokenFor(accountId: string, category: ChosenCategory): string {
    const body = Buffer.from([...Buffer.from(accountId.replaceAll('-', ''), 'hex'), CATEGORIES.indexOf(category)])
    return Buffer.concat([body, this.mac(body)]).toString('base64url')
  }

  read(token: string): { accountId: string; category: ChosenCategory } {
    const bytes = Buffer.from(token, 'base64url')
    const body = bytes.subarray(0, ID_BYTES + 1)
    const mac = bytes.subarray(ID_BYTES + 1)
    const category = CATEGORIES[body[ID_BYTES] ?? -1]
    if (mac.length !== MAC_BYTES || !category || !timingSafeEqual(mac, this.mac(body)))
      throw new UnsubscribeLinkInvalidError()
    const hex = body.subarray(0, ID_BYTES).toString('hex')
    return { accountId: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'), category }
  }

  private mac(body: Buffer): Buffer {
    return createHmac('sha256', `unsubscribe ${this.config.NOTIFICATIONS_LINK_KEY}`)
      .update(body)
      .digest()
      .subarray(0, MAC_BYTES)
  }
}

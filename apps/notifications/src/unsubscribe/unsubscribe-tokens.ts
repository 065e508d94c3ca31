import { OverlappingMac, overlappingOf } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { NotificationsConfig } from '../config.js'
import type { StoppableCategory } from '../settings/settings.js'
import { UnsubscribeLinkInvalidError } from './unsubscribe.errors.js'

// The order is part of every link that was sent: add at the end, never change.
const CATEGORIES: readonly StoppableCategory[] = [
  'follows',
  'messages',
  'comments',
  'favourites',
  'news',
  'products',
  'offers',
]
const ID_BYTES = 16
const MAC_BYTES = 16

/** Account and category under a MAC of 128 bits: works for ever, for these mails only, and cannot be made by others. */
@Injectable()
export class UnsubscribeTokens {
  private readonly mac: OverlappingMac

  constructor(config: NotificationsConfig) {
    const keys = overlappingOf(config.NOTIFICATIONS_LINK_KEY, (key) => `unsubscribe ${key}`)
    this.mac = new OverlappingMac(keys, MAC_BYTES)
  }

  tokenFor(accountId: string, category: StoppableCategory): string {
    const body = Buffer.from([...Buffer.from(accountId.replaceAll('-', ''), 'hex'), CATEGORIES.indexOf(category)])
    return Buffer.concat([body, this.mac.make(body)]).toString('base64url')
  }

  read(token: string): { accountId: string; category: StoppableCategory } {
    const bytes = Buffer.from(token, 'base64url')
    const body = bytes.subarray(0, ID_BYTES + 1)
    const mac = bytes.subarray(ID_BYTES + 1)
    const category = CATEGORIES[body[ID_BYTES] ?? -1]
    // decoding passes over foreign characters: only the one spelling that was sent is a token
    const spelled = bytes.toString('base64url') === token
    if (!spelled || !category || !this.mac.isOurs(body, mac)) throw new UnsubscribeLinkInvalidError()
    const hex = body.subarray(0, ID_BYTES).toString('hex')
    return { accountId: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'), category }
  }
}

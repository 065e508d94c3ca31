import { type ApiInput, identity } from '@mpics/contracts'
import { PeerError, Peers } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { NotificationsConfig } from '../config.js'

export type LinkKind = ApiInput<typeof identity.deriveLink>['body']['kind']
export type Link = { url: string; until: Date } | { suppress: string }

export interface PendingAccount {
  id: string
  handle: string
  at: Date
  /** Of the page that verifies it; empty where another account has verified the address. */
  url: string
}
export interface PendingAccounts {
  accounts: PendingAccount[]
  more: number
  until: Date
}

/** Why identity refuses a link for good; any other refusal is ours to mend, and the mail waits. */
const NO_LINK = ['identity.link-expired', 'identity.account-not-found']

/** Asks identity for links, at the moment of sending alone: identity remembers for whom it made some. */
@Injectable()
export class MailLinks {
  constructor(
    private readonly peers: Peers,
    private readonly config: NotificationsConfig,
  ) {}

  async link(kind: LinkKind, accountId: string, requestId: string): Promise<Link> {
    try {
      const { token, expiresAt } = await this.peers.call(identity.deriveLink, { body: { kind, accountId, requestId } })
      if (token === null) return { suppress: 'address-known' }
      return { url: this.pageOf(kind, token), until: new Date(expiresAt) }
    } catch (error) {
      return whyNot(error)
    }
  }

  /** The accounts that wait for the proof of the address of this one. */
  async pendingAccounts(accountId: string): Promise<PendingAccounts | { suppress: string }> {
    try {
      const { items, more, expiresAt } = await this.peers.call(identity.verificationLinks, { body: { accountId } })
      const accounts = items.map(({ accountId: id, handle, registeredAt, token }) => ({
        id,
        handle,
        at: new Date(registeredAt),
        url: token === null ? '' : this.pageOf('verify-email', token),
      }))
      return { accounts, more, until: new Date(expiresAt) }
    } catch (error) {
      return whyNot(error)
    }
  }

  private pageOf(kind: LinkKind, token: string): string {
    return new URL(`/${kind}?token=${encodeURIComponent(token)}`, this.config.PUBLIC_URL).href
  }
}

function whyNot(error: unknown): { suppress: string } {
  if (!(error instanceof PeerError) || !NO_LINK.includes(error.code)) throw error
  return { suppress: error.code === 'identity.link-expired' ? 'link-expired' : 'account-gone' }
}

import { type ApiAnswer, type ApiInput, identity, profiles } from '@mpics/contracts'
import { PeerError, Peers } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { NotificationsConfig } from '../config.js'
import type { Person } from '../templates/mail-content.js'
import { nameOf } from '../templates/name-of.js'
import { Foreseen } from './foreseen.js'
import { type PolicyNotice, PolicyNotices } from './policy-notices.js'

export type LinkKind = ApiInput<typeof identity.deriveLink>['body']['kind']
type Card = ApiAnswer<typeof profiles.profileCards>['items'][number]
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

/** Asks the owners of names and links at the moment of sending. */
@Injectable()
export class MailSources {
  private readonly foreseen = new Foreseen<Card[]>()

  constructor(
    private readonly peers: Peers,
    private readonly config: NotificationsConfig,
    private readonly notices: PolicyNotices,
  ) {}

  async link(kind: LinkKind, accountId: string, requestId: string): Promise<Link> {
    try {
      const { token, expiresAt } = await this.peers.call(identity.deriveLink, { body: { kind, accountId, requestId } })
      if (token === null) return { suppress: 'address-known' }
      return { url: this.linkPage(kind, token), until: new Date(expiresAt) }
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
        url: token === null ? '' : this.linkPage('verify-email', token),
      }))
      return { accounts, more, until: new Date(expiresAt) }
    } catch (error) {
      return whyNot(error)
    }
  }

  /** By the names that this reader may see now; who is gone or hidden is left out. */
  async people(ids: string[], readerId: string): Promise<Person[]> {
    if (ids.length === 0) return []
    const items = await this.foreseen.take(keyOf(ids, readerId), () => this.cards(ids, readerId))
    const cards = ids.flatMap((id) => items.filter((card) => card.id === id))
    return cards.map((card) => ({ name: nameOf(card), url: this.page(`/@${card.handle}`) }))
  }

  /** Asks now for the people that a mail is soon to name. */
  foreseePeople(ids: string[], readerId: string): void {
    this.foreseen.foresee(keyOf(ids, readerId), () => this.cards(ids, readerId, true))
  }

  policy(document: string, version: string, locale: string): Promise<PolicyNotice> {
    return this.notices.find(document, version, locale)
  }

  changesPage(document: string, { from, to }: { from: string; to: string }): string {
    return this.page(`/policies/${document}/changes?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`)
  }

  private async cards(ids: string[], readerId: string, isEarly = false): Promise<Card[]> {
    return (await this.peers.call(profiles.profileCards, { body: { ids, readerId }, isEarly })).items
  }

  private linkPage(kind: LinkKind, token: string): string {
    return this.page(`/${kind}?token=${encodeURIComponent(token)}`)
  }

  page(path: string): string {
    return new URL(path, this.config.PUBLIC_URL).href
  }
}

const keyOf = (ids: string[], readerId: string) => [readerId, ...ids].join()

function whyNot(error: unknown): { suppress: string } {
  if (!(error instanceof PeerError) || !NO_LINK.includes(error.code)) throw error
  return { suppress: error.code === 'identity.link-expired' ? 'link-expired' : 'account-gone' }
}

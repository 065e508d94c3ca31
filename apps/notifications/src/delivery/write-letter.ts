import { deriveLink, profileCards } from '@mpics/contracts'
import { PeerError, Peers } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { NotificationsConfig } from '../config.js'
import type { Email } from '../emails/email.js'
import { type Letter, letterOf, type LetterValues, type Person } from '../templates/letter.js'
import { nameOf } from '../templates/name-of.js'

export interface Reader {
  locale: string
  handle: string
}
export type Written = { letter: Letter } | { suppress: string }

/** A digest names so many and counts the others. */
const MOST_NAMED = 20
/** Why identity refuses a link for good; any other refusal is ours to mend, and the mail waits. */
const NO_LINK = ['identity.link-expired', 'identity.account-not-found']

/** What a mail says, from what the owners of names and links say at this moment. */
@Injectable()
export class WriteLetter {
  constructor(
    private readonly peers: Peers,
    private readonly config: NotificationsConfig,
  ) {}

  async execute(email: Email, { locale, handle }: Reader): Promise<Written> {
    const { kind, parameters } = email
    const at = parameters.at ? new Date(parameters.at) : email.createdAt
    switch (kind) {
      case 'verify-email':
      case 'reset-password':
        return this.withLink(email, kind, { locale, handle })
      case 'follow':
        return this.aboutFollower(email, locale)
      case 'follow-digest':
        return this.aboutFollowers(email, locale)
      default:
        return { letter: letterOf(locale, kind, { handle, at, rejection: parameters.detail }) }
    }
  }

  private async withLink(email: Email, kind: 'verify-email' | 'reset-password', { locale, handle }: Reader) {
    const body = { kind, accountId: email.accountId, requestId: email.parameters.requestId ?? '' }
    try {
      const { token, expiresAt } = await this.peers.call(deriveLink, { body })
      if (token === null) return { letter: letterOf(locale, 'address-known', { handle }) }
      const url = this.page(`/${kind}?token=${encodeURIComponent(token)}`)
      return { letter: letterOf(locale, kind, { handle, url, until: new Date(expiresAt) }) }
    } catch (error) {
      if (!(error instanceof PeerError) || !NO_LINK.includes(error.code)) throw error
      return { suppress: error.code === 'identity.link-expired' ? 'link-expired' : 'account-gone' }
    }
  }

  private async aboutFollower(email: Email, locale: string): Promise<Written> {
    const [person] = await this.people([email.parameters.actorId ?? ''], email.accountId)
    if (!person) return { suppress: 'follower-gone' }
    return { letter: letterOf(locale, 'follow', person) }
  }

  private async aboutFollowers({ accountId, parameters }: Email, locale: string): Promise<Written> {
    const people = await this.people(parameters.actorIds ?? [], accountId)
    if (people.length === 0) return { suppress: 'follower-gone' }
    const count = people.length + (parameters.moreActors ?? 0)
    const named = people.slice(0, MOST_NAMED)
    const values: LetterValues = { name: people[0]?.name, people: named, count, more: count - named.length }
    return { letter: letterOf(locale, 'follow-digest', values) }
  }

  /** By the names that this reader may see now; who is gone or hidden is not told of. */
  private async people(ids: string[], readerId: string): Promise<Person[]> {
    const { items } = await this.peers.call(profileCards, { body: { ids, readerId } })
    const cards = ids.flatMap((id) => items.filter((card) => card.id === id))
    return cards.map((card) => ({ name: nameOf(card), url: this.page(`/@${card.handle}`) }))
  }

  private page(path: string): string {
    return new URL(path, this.config.PUBLIC_URL).href
  }
}

import { type ApiAnswer, profiles } from '@mpics/contracts'
import { Peers } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { NotificationsConfig } from '../config.js'
import type { Person } from '../templates/mail-content.js'
import { nameOf } from '../templates/name-of.js'
import { Foreseen } from './foreseen.js'
import { type PolicyNotice, PolicyNotices } from './policy-notices.js'

type Card = ApiAnswer<typeof profiles.profileCards>['items'][number]

/** What the texts of a mail ask for. Nothing here changes anything, so that a mail may be written before it is there. */
export interface Sources {
  /** By the names that this reader may see now; who is gone or hidden is left out. */
  people(ids: string[], readerId: string): Promise<Person[]>
  policy(document: string, version: string, locale: string): Promise<PolicyNotice>
  changesPage(document: string, versions: { from: string; to: string }): string
  page(path: string): string
}

/** Asks the owners of names and texts: at the moment of sending or, early, for a mail that is soon to be there. */
@Injectable()
export class MailSources {
  readonly now = this.asking(false)
  /** What nobody answers says nothing about whoever was asked. */
  readonly early = this.asking(true)
  private readonly foreseen = new Foreseen<Card[]>()

  constructor(
    private readonly peers: Peers,
    private readonly config: NotificationsConfig,
    private readonly notices: PolicyNotices,
  ) {}

  /** Asks now for the people that a mail is soon to name. */
  foreseePeople(ids: string[], readerId: string): void {
    this.foreseen.foresee(keyOf(ids, readerId), () => this.cards(ids, readerId, true))
  }

  private asking(isEarly: boolean): Sources {
    const page = (path: string) => new URL(path, this.config.PUBLIC_URL).href
    return {
      page,
      people: (ids, readerId) => this.people(ids, readerId, isEarly),
      policy: (document, version, locale) => this.notices.find(document, version, locale, isEarly),
      changesPage: (document, { from, to }) =>
        page(`/policies/${document}/changes?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`),
    }
  }

  private async people(ids: string[], readerId: string, isEarly: boolean): Promise<Person[]> {
    if (ids.length === 0) return []
    const items = await this.foreseen.take(keyOf(ids, readerId), () => this.cards(ids, readerId, isEarly))
    const cards = ids.flatMap((id) => items.filter((card) => card.id === id))
    return cards.map((card) => ({ name: nameOf(card), url: this.now.page(`/@${card.handle}`) }))
  }

  private async cards(ids: string[], readerId: string, isEarly: boolean): Promise<Card[]> {
    return (await this.peers.call(profiles.profileCards, { body: { ids, readerId }, isEarly })).items
  }
}

const keyOf = (ids: string[], readerId: string) => [readerId, ...ids].join()

import {
  analytics,
  type ApiAnswer,
  type DataCategory,
  dataCategories,
  type gateway,
  identity,
  media,
  notifications,
  profiles,
} from '@mpics/contracts'
import { type MemberIdentity, Peers } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { Enrichments } from './enrichments.js'
import { waysOf } from './privacy-ways.js'

type MyLedger = ApiAnswer<typeof identity.getMyLedger>
export type MyPrivacy = ApiAnswer<typeof gateway.getMyPrivacy>
type Held = ApiAnswer<typeof identity.heldData>['items']

const asked = [identity, profiles, media, notifications, analytics].map(({ heldData }) => heldData)

/** Joins what each service holds about a member; one that is away is named, and the answer goes without it. */
@Injectable()
export class ComposeMyPrivacy {
  constructor(
    private readonly peers: Peers,
    private readonly enrichments: Enrichments,
  ) {}

  async execute(ledger: MyLedger, { accountId }: MemberIdentity): Promise<MyPrivacy> {
    const answers = await Promise.all(
      asked.map((api) => this.enrichments.inTime('held', this.peers.call(api, { body: { accountId } }))),
    )
    const held = answers.flatMap((answer) => answer?.items ?? [])
    const missing = asked.flatMap(({ service }, i) => (answers[i] ? [] : [service]))
    return { ...ledger, categories: categoriesOf(held), missing }
  }
}

const categoriesOf = (held: Held): MyPrivacy['categories'] =>
  (Object.entries(dataCategories.known) as [DataCategory, string][]).map(([category, description]) => ({
    category,
    description,
    ...waysOf(category),
    held: held.filter((place) => place.category === category),
  }))

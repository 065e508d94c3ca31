import { type ApiInput, identity, languageOf } from '@mpics/contracts'
import { boundedTo, Peers } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { LRUCache } from 'lru-cache'

type Document = ApiInput<typeof identity.policyNotice>['params']['document']

export interface PolicyNotice {
  summary: string
  /** The version before. */
  supersedes: string | null
}

const MAX_BYTES = 256 * 1024

/** What a version says in short. A version never changes, and thousands of mails tell of the same one. */
@Injectable()
export class PolicyNotices {
  private readonly known = new LRUCache<string, PolicyNotice>(boundedTo(MAX_BYTES))

  constructor(private readonly peers: Peers) {}

  async find(document: string, version: string, locale: string, isEarly: boolean): Promise<PolicyNotice> {
    const key = JSON.stringify([document, version, locale])
    const known = this.known.get(key)
    if (known) return known
    const notice = await this.peers.call(identity.policyNotice, {
      params: { document: document as Document, version },
      query: { locale: languageOf(locale) },
      isEarly,
    })
    this.known.set(key, notice)
    return notice
  }
}

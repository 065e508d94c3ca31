import { growingTo } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { LRUCache } from 'lru-cache'

/** Media and profiles hear of a change at about the same time; until they have, what they answer is of before. */
const SETTLED_AFTER_MS = 12_000
const MAX_ACCOUNTS = 10_000

/** Knows whose visibility changed a moment ago. No answer about these may be held. */
@Injectable()
export class ChangingAccounts {
  private readonly changed = new LRUCache<string, true>({ ...growingTo(MAX_ACCOUNTS), ttl: SETTLED_AFTER_MS })

  note(accountId: string): void {
    this.changed.set(accountId, true)
  }

  /** The tags of an answer that may be held; null for one that may not. */
  settled(tags: readonly string[]): readonly string[] | null {
    return tags.some((tag) => this.changed.has(tag)) ? null : tags
  }
}

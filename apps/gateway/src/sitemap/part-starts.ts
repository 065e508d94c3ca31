import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout } from 'node:timers/promises'
import { HOUR_MS } from '@mpics/contracts/durations'
import { Clock } from '@mpics/service-kit'
import { Injectable, type OnModuleDestroy } from '@nestjs/common'
import { MissingParts } from '../failures/missing-parts.js'
import { type Kind, PublicPages } from './public-pages.js'

/** With parts of 80 pages, the latest 50,000 of each kind. Crawlers come to older ones by the links of the site. */
const MAX_PARTS = 625
const RENEWED_AFTER_MS = HOUR_MS
const TRIED_AGAIN_AFTER_MS = 60_000
const PAUSE_MS = 10

/**
 * Knows where the parts of a list begin, which stays right whatever is hidden or removed meanwhile. A walk of its own finds the
 * places: no reader waits for it, and an index that names fewer parts is an index, too.
 */
@Injectable()
export class PartStarts implements OnModuleDestroy {
  private readonly found: Record<Kind, readonly string[]> = { photos: [], people: [] }
  private readonly dueAt: Record<Kind, number> = { photos: 0, people: 0 }
  /** A walk is part of no request: the time that a reader has is not the walk's. */
  private readonly outside = AsyncLocalStorage.snapshot()
  private stopped = false

  constructor(
    private readonly pages: PublicPages,
    private readonly missing: MissingParts,
    private readonly clock: Clock,
  ) {}

  onModuleDestroy(): void {
    this.stopped = true
  }

  /** The first part of a list begins at no place, and is not among them. */
  of(kind: Kind): readonly string[] {
    if (this.clock.now().getTime() >= this.dueAt[kind]) this.outside(() => void this.renew(kind))
    return this.found[kind]
  }

  private async renew(kind: Kind): Promise<void> {
    this.dueAt[kind] = Infinity
    let next = TRIED_AGAIN_AFTER_MS
    try {
      this.found[kind] = await this.walk(kind)
      next = RENEWED_AFTER_MS
    } catch (error) {
      if (!this.stopped) this.missing.note('sitemap', error)
    }
    this.dueAt[kind] = this.clock.now().getTime() + next
  }

  private async walk(kind: Kind): Promise<readonly string[]> {
    const starts: string[] = []
    for (let cursor: string | undefined; starts.length < MAX_PARTS - 1 && !this.stopped;) {
      const next = (await this.pages.part(kind, cursor))?.next
      if (!next) return starts
      cursor = next
      starts.push(cursor)
      if (starts.length > this.found[kind].length) this.found[kind] = [...starts]
      await setTimeout(PAUSE_MS, undefined, { ref: false })
    }
    return starts
  }
}

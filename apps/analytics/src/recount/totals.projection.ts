import { gateway } from '@mpics/contracts'
import { type Confirmation, type Projection, Projections, type Rebuildable, type Run } from '@mpics/eventing'
import { Injectable } from '@nestjs/common'
import { type Bucket, EVERY_PAGE } from './bucket.js'
import type { KeptDays } from './kept-days.js'
import { MendPages } from './mend-pages.js'
import { MendSite } from './mend-site.js'
import { OpenRecounts } from './open-recounts.js'
import type { Recount } from './recount.js'
import { StoredPages } from './stored-pages.js'

/** The days that the topics hold of them are in memory at once. */
const BATCH = 50
/** Stands among the pages for the sums of all. */
const WHOLE_SITE = ''

/** Totals of pages, of their days and of the site: what the topics still hold is counted anew, and the days before it stay. */
@Injectable()
export class TotalsProjection implements Projection<string>, Rebuildable<string> {
  readonly name = 'totals'
  readonly events = [gateway.pageViewRecorded, gateway.ownViewRecorded]
  readonly source = 'what the gateway recorded'
  readonly store = this
  private current?: { recount: Recount; signal: AbortSignal }

  constructor(
    projections: Projections,
    private readonly stored: StoredPages,
    private readonly recounts: OpenRecounts,
    private readonly pages: MendPages,
    private readonly site: MendSite,
  ) {
    projections.register(this)
  }

  /** No document is marked: each is replaced as a whole, if nobody has counted meanwhile. */
  async *suspect(): AsyncGenerator<number> {
    yield await this.stored.count()
  }

  async *snapshot(run: Run): AsyncGenerator<string[]> {
    let kept: KeptDays | undefined
    for (const left: Bucket[] = [EVERY_PAGE]; left.length > 0;) {
      const recount = await this.recounts.open(left.pop()!)
      try {
        yield* this.read(recount, run)
        await this.recounts.settle(recount, kept)
        if (recount.isEmpty) return
        if (kept === undefined) yield [WHOLE_SITE]
        yield* this.pagesOf(recount)
        kept = recount.kept
        left.push(...recount.pages.left)
      } finally {
        await recount.close()
      }
    }
  }

  async confirm(names: readonly string[]): Promise<Confirmation> {
    const { recount, signal } = this.current!
    const pages = names.filter((name) => name !== WHOLE_SITE)
    const outcome = await this.pages.execute(recount, pages, signal)
    if (pages.length < names.length && (await this.site.execute(recount, signal))) outcome.mended++
    return outcome
  }

  /** Whatever was recorded is confirmed by now. Where nothing was, nothing is to stay, as the operator has allowed. */
  async *sweep(): AsyncGenerator<number> {
    const { recount: said, signal } = this.current!
    if (!said.isEmpty) return
    const recount = await this.recounts.open(EVERY_PAGE)
    try {
      await recount.catchUp()
      await this.recounts.settle(recount)
      for await (const names of this.stored.names()) yield (await this.pages.execute(recount, names, signal)).mended
      await this.site.execute(recount, signal)
    } finally {
      await recount.close()
    }
  }

  private async *read(recount: Recount, { scanned, signal }: Run): AsyncGenerator<string[]> {
    this.current = { recount, signal }
    for await (const records of recount.readOn()) {
      scanned?.(records)
      yield []
    }
  }

  /** Those that were viewed, and those that are stored though no view of them is recorded. */
  private async *pagesOf({ pages }: Recount): AsyncGenerator<string[]> {
    yield* batchesOf(pages.names())
    for await (const names of this.stored.names()) {
      const others = names.filter((name) => pages.isResponsibleFor(name) && !pages.has(name))
      if (others.length > 0) yield others
    }
  }
}

function* batchesOf(names: Iterable<string>): Generator<string[]> {
  let batch: string[] = []
  for (const name of names) {
    if (batch.push(name) < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

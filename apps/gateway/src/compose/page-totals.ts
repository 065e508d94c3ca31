import { analytics } from '@mpics/contracts'
import { Peers } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { Gathered } from './gathered.js'

export interface Views {
  total: number
  unique: number
}

/** Most pages of a call. */
export const MAX_PAGES = 80

/** How often pages were viewed is the same whoever asks: requests of one moment share a call. */
@Injectable()
export class PageTotals {
  private readonly asked = new Gathered((page) => this.ask(page), MAX_PAGES)

  constructor(private readonly peers: Peers) {}

  /** Of at most `MAX_PAGES` different pages, without those whose views the operator hides. */
  of(pages: readonly string[]): Promise<ReadonlyMap<string, Views>> {
    return this.asked.load(pages)
  }

  private async ask(page: string[]): Promise<ReadonlyMap<string, Views>> {
    const { items } = await this.peers.call(analytics.getViews, { query: { page } })
    return new Map(items.map(({ page: key, total, unique }) => [key, { total, unique }]))
  }
}

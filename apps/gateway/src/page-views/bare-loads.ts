import { analytics } from '@mpics/contracts'
import { HOUR_MS } from '@mpics/contracts/durations'
import { Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { Clients } from '../clients/clients.js'
import { ShortLived } from '../clients/short-lived.js'

const MAX_CLIENTS = 20_000
const MAX_NAME = 200

/** What a browser fetches for a page beside it: files, pictures of photos, and the counting of the view. */
const PART = /^\/(?:assets\/|favicon\.|v1\/page-views\b|v1\/photos\/[^/?]+\/)/

/** Tells who loads page after page and nothing that belongs to them, as no browser does. In memory alone, for an hour at most. */
@Injectable()
export class BareLoads {
  private readonly rows = new ShortLived<{ pages: number }>(MAX_CLIENTS, HOUR_MS)

  constructor(private readonly clients: Clients) {}

  /** Notes that somebody loads a page; true if those before it were too many. */
  isOneMore(request: FastifyRequest): boolean {
    const client = this.nameOf(request)
    const row = this.rows.get(client) ?? { pages: 0 }
    if (row.pages++ === 0) this.rows.set(client, row)
    return row.pages > analytics.countingRules.barePages
  }

  /** Notes what belongs to a page, and passes over everything else. */
  noteParts(request: FastifyRequest): void {
    if (this.rows.size === 0 || !PART.test(request.url)) return
    const row = this.rows.get(this.nameOf(request))
    if (row) row.pages = 0
  }

  private nameOf(request: FastifyRequest): string {
    return `${this.clients.networkOf(request)} ${request.headers['user-agent']?.slice(0, MAX_NAME) ?? ''}`
  }
}

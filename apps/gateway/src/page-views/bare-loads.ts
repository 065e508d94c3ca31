import { analytics } from '@mpics/contracts'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { Clients } from '../clients/clients.js'
import { HourlyCounts } from './hourly-counts.js'

const SLOTS = 1 << 18
const MAX_NAME = 200

/** What a browser fetches for a page beside it: files, pictures of photos, and the counting of the view. */
const PART = /^\/(?:assets\/|favicon\.|v1\/page-views\b|v1\/photos\/[^/?]+\/)/

/**
 * Tells who loads page after page and nothing that belongs to them, as no browser does: a program of one prefix (IPv4 /24, IPv6 /48) by the
 * name that it gives itself. It takes 512 KiB, and forgets all with the hour.
 */
@Injectable()
export class BareLoads {
  private readonly pages: HourlyCounts
  private isEmpty = true

  constructor(
    private readonly clients: Clients,
    clock: Clock,
  ) {
    this.pages = new HourlyCounts(SLOTS, clock)
  }

  /** Notes that somebody loads a page; true if those before it were too many. */
  isOneMore(request: FastifyRequest): boolean {
    this.isEmpty = false
    return this.pages.add(this.slotOf(request)) > analytics.countingRules.barePages
  }

  /** Notes what belongs to a page, and passes over everything else. */
  noteParts(request: FastifyRequest): void {
    if (!this.isEmpty && PART.test(request.url)) this.pages.clear(this.slotOf(request))
  }

  private slotOf(request: FastifyRequest): number {
    const name = request.headers['user-agent']?.slice(0, MAX_NAME) ?? ''
    return this.pages.slotOf(`${this.clients.prefixOf(request)} ${name}`)
  }
}

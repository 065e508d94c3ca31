import { DomainError } from '@mpics/contracts'
import { Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { SessionCheck } from './session-check.js'

class LinkEndedError extends DomainError {
  readonly code = 'media.link-expired'
  readonly kind = 'forbidden'
  constructor() {
    super('This link ended with the session that it was given to; log in and read the photo again for a new one.')
  }
}

const link = z.object({ session: z.uuid() })

/**
 * Refuses a signed link whose session has ended (B49). Its service checks the signature, which covers the session, so that nobody
 * takes the session out of a link.
 */
@Injectable()
export class LinkedSessions {
  constructor(private readonly sessions: SessionCheck) {}

  async refuseEnded({ query, caller }: FastifyRequest): Promise<void> {
    const { data } = link.safeParse(query)
    if (data && !caller?.member && (await this.sessions.hasEnded(data.session))) throw new LinkEndedError()
  }
}

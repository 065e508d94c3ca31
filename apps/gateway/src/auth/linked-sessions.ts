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

  async refuseEnded(request: FastifyRequest): Promise<void> {
    const session = linkedSessionOf(request)
    if (session && (await this.sessions.hasEnded(session))) throw new LinkEndedError()
  }
}

/** Undefined for a member, who reads by a session of their own. */
export const linkedSessionOf = ({ query, caller }: FastifyRequest): string | undefined =>
  caller?.member ? undefined : link.safeParse(query).data?.session

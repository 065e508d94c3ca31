import { Clock } from '@mpics/service-kit'
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { UnderAgeError } from '../accounts/account.errors.js'
import { isUnderAge } from './age.js'
import { AgeCookie } from './age-cookie.js'

const question = z.object({ birthDate: z.iso.date() })

/**
 * Checks the age before the service reads or stores anything else of a registration: a guard runs before validation and
 * before the Idempotency-Key is stored.
 */
@Injectable()
export class AgeGate implements CanActivate {
  constructor(
    private readonly cookie: AgeCookie,
    private readonly clock: Clock,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>()
    const now = this.clock.now()
    if (this.cookie.refuses(request.headers.cookie, now)) throw new UnderAgeError()
    const asked = question.safeParse(request.body)
    if (!asked.success || !isUnderAge(asked.data.birthDate, now)) return true
    context.switchToHttp().getResponse<FastifyReply>().header('set-cookie', this.cookie.make(now))
    throw new UnderAgeError()
  }
}

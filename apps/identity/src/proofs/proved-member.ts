import type { Decision } from '@mpics/contracts'
import type { MemberIdentity } from '@mpics/service-kit'
import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import type { Account } from '../accounts/account.js'
import { credentialsOf } from '../accounts/credentials.js'
import { SessionEndedError } from '../sessions/session.errors.js'

declare module 'fastify' {
  interface FastifyRequest {
    proved?: ProvedMember
  }
}

export interface ProvedMember extends MemberIdentity {
  /** The credentials when the proof was looked at. */
  readonly credentials: string
}

/** In place of `@Member()` for a call that needs a proof. */
export const Proved = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const { proved } = context.switchToHttp().getRequest<FastifyRequest>()
  if (!proved) throw new SessionEndedError()
  return proved
})

/** A reset of the password, say, ends what was proved before it; what the session itself moved does not. */
export function requireProved(account: Account, { credentials, sessionId }: ProvedMember): void {
  if (credentialsOf(account) !== credentials && account.credentialsMovedBy !== sessionId) throw new SessionEndedError()
}

/** The transition, for as long as the proof holds: an act must not land after a reset that overtook it. */
export const whileProved =
  (member: ProvedMember, transition: (account: Account) => Decision<Account>) =>
  (account: Account): Decision<Account> => {
    requireProved(account, member)
    return transition(account)
  }

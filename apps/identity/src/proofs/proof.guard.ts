import type { Proof } from '@mpics/contracts'
import { apiOf, Clock, UnauthenticatedError } from '@mpics/service-kit'
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import type { Account } from '../accounts/account.js'
import { credentialsOf } from '../accounts/credentials.js'
import { hasFactor } from '../accounts/factors.js'
import { isFactor, isFreshlyProved } from '../sessions/session.js'
import { ProofNeededError } from './proof.errors.js'
import { Prove } from './prove.js'
import './proved-member.js'
import { Provers } from './provers.js'

/** Refuses dangerous acts without a fresh proof (OWASP ASVS 5.0.0, 7.5.1 and 7.5.3), before anything of them is looked at. */
@Injectable()
export class ProofGuard implements CanActivate {
  constructor(
    private readonly proving: Prove,
    private readonly provers: Provers,
    private readonly clock: Clock,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http' || !apiOf(context.getHandler())?.proof) return true
    const request = context.switchToHttp().getRequest<FastifyRequest>()
    const member = request.caller?.member
    if (!member) throw new UnauthenticatedError()
    const { session, account } = await this.proving.acting(member)
    if (!isFreshlyProved(session, account, this.clock.now())) throw new ProofNeededError(this.acceptedFrom(account))
    request.proved = { ...member, credentials: credentialsOf(account) }
    return true
  }

  private acceptedFrom(account: Account): Proof[] {
    const proofs = this.provers.of(account).map(({ proof }) => proof)
    return hasFactor(account) ? proofs.filter(isFactor) : proofs
  }
}

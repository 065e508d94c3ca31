import { createHash } from 'node:crypto'
import { analytics } from '@mpics/contracts'
import { agentTokenOf, Peers, UnauthenticatedError } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'

const REFUSED = 'The credential is not this agent’s, or is good no more: ask an operator of the site for another.'

/** Asks for each piece of a batch, so that a revocation holds in the middle of it. */
@Injectable()
export class CheckAgent {
  constructor(private readonly peers: Peers) {}

  async execute(agentId: string, authorization: string | undefined): Promise<void> {
    const token = agentTokenOf(authorization)
    if (token === undefined) throw new UnauthenticatedError(REFUSED)
    const hash = createHash('sha256').update(token).digest('base64url')
    const { isGood } = await this.peers.call(analytics.checkAgent, { params: { id: agentId }, body: { hash } })
    if (!isGood) throw new UnauthenticatedError(REFUSED)
  }
}

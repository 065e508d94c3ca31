import type { ApiAnswer, ApiDefinition } from '@mpics/contracts'
import { checkAccess, PeerError, Peers, type PeerInput } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { Admission } from '../auth/admission.js'
import { Clients } from '../clients/clients.js'
import { rethrowUpstreamProblem } from '../compose/upstream-problem.error.js'
import { FACTOR_NEEDED, FactorNeededError, ProofNeededError } from './page-session.errors.js'

/** Makes the calls of the API that a page stands for, in the name of its reader, under the rules of the edge. */
@Injectable()
export class PageCalls {
  constructor(
    private readonly peers: Peers,
    private readonly clients: Clients,
    private readonly admission: Admission,
  ) {}

  async call<D extends ApiDefinition>(
    request: FastifyRequest,
    api: D,
    input: Omit<PeerInput<D>, 'onBehalfOf' | 'headers'> = {},
  ): Promise<ApiAnswer<D>> {
    const caller = await this.admission.admit(request.caller ?? { service: 'gateway' }, request, api)
    checkAccess(api.access, caller)
    const headers = await this.headersOf(request)
    const sent = { ...input, headers, ...(caller.member && { onBehalfOf: caller.member }) } as PeerInput<D>
    return this.peers.call(api, sent).catch(refused)
  }

  private async headersOf(request: FastifyRequest): Promise<Record<string, string>> {
    const country = await this.clients.countryOf(request)
    const browser = request.headers['user-agent']
    return {
      'x-client-network': this.clients.networkOf(request),
      ...(country && { 'x-client-country': country }),
      ...(browser && { 'user-agent': browser }),
    }
  }
}

function refused(error: unknown): never {
  if (error instanceof PeerError && error.code === 'identity.proof-needed') throw new ProofNeededError()
  if (error instanceof PeerError && error.code === FACTOR_NEEDED) throw new FactorNeededError(error.problem)
  return rethrowUpstreamProblem(error)
}

import { type ApiDefinition, identity } from '@mpics/contracts'
import type { PeerInput } from '@mpics/service-kit'
import type { FastifyRequest } from 'fastify'
import type { PageCalls } from '../page-sessions/page-calls.js'
import { ProofNeededError } from '../page-sessions/page-session.errors.js'

/** Makes a dangerous call whose form asks for the password anyway: it is the proof as well, where a password is enough. */
export async function withPassword<D extends ApiDefinition>(
  calls: PageCalls,
  request: FastifyRequest,
  api: D,
  input: PeerInput<D> & { body: { currentPassword: string } },
): Promise<unknown> {
  return calls.call(request, api, input).catch(async (error: unknown) => {
    if (!(error instanceof ProofNeededError)) throw error
    await calls.call(request, identity.proveMyself, { body: { password: input.body.currentPassword } })
    return calls.call(request, api, input)
  })
}

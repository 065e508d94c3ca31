import type { ApiAnswer, ApiDefinition, ApiInput } from '@mpics/contracts'
import { checkAccess, domainErrorOf, internalProblem, parseInput, problemOf } from '@mpics/service-kit'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { callerOfToken } from './caller-of-token.js'

export type PeerHandler<D extends ApiDefinition> = (input: ApiInput<D>) => ApiAnswer<D> | Promise<ApiAnswer<D>>

interface Played {
  handler: PeerHandler<ApiDefinition>
  inputs: unknown[]
}

class Raw {
  constructor(readonly body: unknown) {}
}

/** Plays other services, and checks requests and answers against the contract, tokens included. */
export class TestPeer {
  private readonly played = new Map<ApiDefinition, Played>()
  private down = false

  private constructor(
    private readonly fastify: FastifyInstance,
    readonly url: string,
  ) {}

  static async listen(...routes: readonly [ApiDefinition, PeerHandler<never>][]): Promise<TestPeer> {
    const fastify = Fastify({ forceCloseConnections: true })
    const byRoute: { peer?: TestPeer } = {}
    for (const [api] of routes)
      fastify.route({
        method: api.method,
        url: api.path.replace(/\{(\w+)\}/g, ':$1'),
        handler: (request, reply) => byRoute.peer!.serve(api, request, reply),
      })
    const peer = new TestPeer(fastify, await fastify.listen({ host: '127.0.0.1', port: 0 }))
    byRoute.peer = peer
    for (const [api, handler] of routes) peer.answer(api, handler)
    return peer
  }

  /** Replaces the answer to a call from now on. */
  answer<D extends ApiDefinition>(api: D, handler: PeerHandler<D>): void {
    const inputs = this.played.get(api)?.inputs ?? []
    this.played.set(api, { handler: handler, inputs })
  }

  /** Answers with any body, against the contract or not. */
  answerRaw(api: ApiDefinition, body: unknown): void {
    this.answer(api, () => new Raw(body))
  }

  calls<D extends ApiDefinition>(api: D): ApiInput<D>[] {
    return (this.played.get(api)?.inputs ?? []) as ApiInput<D>[]
  }

  /** While it is down, it answers every call with 503. */
  setDown(down: boolean): void {
    this.down = down
  }

  async stop(): Promise<void> {
    await this.fastify.close()
  }

  private async serve(api: ApiDefinition, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    if (this.down) return reply.status(503).send()
    try {
      checkAccess(api.access, await callerOfToken(request.headers.authorization, api.service))
      return await this.play(api, request, reply)
    } catch (error) {
      const known = domainErrorOf(error)
      if (!known) console.error(error)
      const problem = known ? problemOf(known, request.id) : internalProblem(request.id)
      return reply.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
    }
  }

  private async play(api: ApiDefinition, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const { handler, inputs } = this.played.get(api)!
    const input = parseInput(api, request) as ApiInput<ApiDefinition>
    inputs.push(input)
    const answer: unknown = await handler(input)
    if (answer instanceof Raw) return reply.status(api.status).send(answer.body)
    return reply.status(api.status).send(api.answer ? api.answer.parse(answer) : undefined)
  }
}

/** One call that a peer plays: `on(mailRecipients, ({ body }) => ({ items: … }))`. */
export const on = <D extends ApiDefinition>(api: D, handler: PeerHandler<D>): [D, PeerHandler<never>] => [api, handler]

/** `const others = await peer(on(profileCards, …), on(resolveHandle, …))`; give its `url` as `PROFILES_URL` and so on. */
export const peer: typeof TestPeer.listen = (...routes) => TestPeer.listen(...routes)

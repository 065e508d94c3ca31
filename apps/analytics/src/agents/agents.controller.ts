import { createHash } from 'node:crypto'
import { analytics, type ApiAnswer, type ApiInput } from '@mpics/contracts'
import { Clock, Endpoint, Ids, Input, newAgentToken } from '@mpics/service-kit'
import { Controller, Header } from '@nestjs/common'
import { type Agent, authoriseAgent, isGood } from './agent.js'
import { AgentNotFoundError, TooManyAgentsError } from './agent.errors.js'
import { AgentRepository } from './agent.repository.js'

const MAX_AGENTS = 100
const MAX_REVOKED = 50

/** The credential has 190 random bits, so that a fast hash keeps it (OWASP ASVS 5.0.0, 11.4.1). */
const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url')

@Controller()
export class AgentsController {
  constructor(
    private readonly agents: AgentRepository,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  @Endpoint(analytics.listAgents)
  async list(): Promise<ApiAnswer<typeof analytics.listAgents>> {
    return { items: (await this.agents.newest(MAX_AGENTS)).map(shown) }
  }

  @Endpoint(analytics.createAgent)
  @Header('cache-control', 'no-store')
  async create(
    @Input() { body }: ApiInput<typeof analytics.createAgent>,
  ): Promise<ApiAnswer<typeof analytics.createAgent>> {
    const token = newAgentToken()
    const times = { createdAt: this.clock.now(), expiresAt: new Date(body.expiresAt) }
    const agent = authoriseAgent({ id: this.ids.next(), name: body.name, hash: hashOf(token), ...times })
    if ((await this.agents.live()) >= MAX_AGENTS - MAX_REVOKED) throw new TooManyAgentsError(MAX_AGENTS - MAX_REVOKED)
    await this.agents.insert(agent)
    return { ...shown(agent), token }
  }

  @Endpoint(analytics.revokeAgent)
  async revoke(@Input() { params }: ApiInput<typeof analytics.revokeAgent>): Promise<void> {
    if (!(await this.agents.revoke(params.id, this.clock.now()))) throw new AgentNotFoundError()
    await this.agents.keepNewest(MAX_REVOKED)
  }

  @Endpoint(analytics.checkAgent)
  async check(
    @Input() { params, body }: ApiInput<typeof analytics.checkAgent>,
  ): Promise<ApiAnswer<typeof analytics.checkAgent>> {
    const agent = await this.agents.find(params.id)
    return { isGood: agent !== null && isGood(agent, body.hash, this.clock.now()) }
  }
}

const shown = ({ id, name, createdAt, expiresAt, revokedAt }: Agent) => ({
  ...{ id, name },
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  revokedAt: revokedAt?.toISOString() ?? null,
})

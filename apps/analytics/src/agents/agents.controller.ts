import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { analytics, type ApiAnswer, type ApiInput } from '@mpics/contracts'
import { Clock, Endpoint, Ids, Input, newAgentToken } from '@mpics/service-kit'
import { Controller, Header } from '@nestjs/common'
import { type Agent, authoriseAgent, isGood } from './agent.js'
import { AgentNotFoundError, TooManyAgentsError } from './agent.errors.js'
import { AgentRepository } from './agent.repository.js'

const MAX_AGENTS = 100
const MAX_ENDED = 50
const MAX_GOOD = MAX_AGENTS - MAX_ENDED
/** Newer ones that were made at the same moment go within so long. */
const [LOOKS, LOOK_MS] = [20, 100]

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
    await this.insert(agent)
    return { ...shown(agent), token }
  }

  /** Looks again afterwards, since others may be made at the same moment. */
  private async insert(agent: Agent): Promise<void> {
    const { createdAt: now } = agent
    if ((await this.agents.live(now)) >= MAX_GOOD) throw new TooManyAgentsError(MAX_GOOD)
    await this.agents.insert(agent)
    if (!(await this.hasPlace(agent))) {
      await this.agents.remove(agent.id)
      throw new TooManyAgentsError(MAX_GOOD)
    }
    await this.agents.keepNewestEnded(MAX_ENDED, now)
  }

  /** Of those who come for the last place the oldest gets it, once the others are gone. */
  private async hasPlace({ id, createdAt: now }: Agent): Promise<boolean> {
    for (let look = 1; look <= LOOKS; look++) {
      const oldest = await this.agents.oldestLive(now, MAX_GOOD + 1)
      if (oldest.length <= MAX_GOOD) return true
      if (oldest.indexOf(id) === MAX_GOOD || !oldest.includes(id)) return false
      await delay(LOOK_MS)
    }
    return false
  }

  @Endpoint(analytics.revokeAgent)
  async revoke(@Input() { params }: ApiInput<typeof analytics.revokeAgent>): Promise<void> {
    const now = this.clock.now()
    if (!(await this.agents.revoke(params.id, now))) throw new AgentNotFoundError()
    await this.agents.keepNewestEnded(MAX_ENDED, now)
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

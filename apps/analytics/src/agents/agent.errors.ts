import { DomainError } from '@mpics/contracts'

export class AgentNotFoundError extends DomainError {
  readonly code = 'analytics.agent-not-found'
  readonly kind = 'not-found'
  constructor() {
    super('There is no such agent.')
  }
}

export class TooManyAgentsError extends DomainError {
  readonly code = 'analytics.too-many-agents'
  readonly kind = 'conflict'
  constructor(most: number) {
    super(`There are ${most} good agents, which is the most; revoke one that delivers nothing any more.`)
  }
}

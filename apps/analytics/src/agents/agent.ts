import { InputInvalidError } from '@mpics/service-kit'

/** Somebody who may deliver page views. Nobody keeps the credential itself. */
export interface Agent {
  readonly id: string
  readonly name: string
  readonly hash: string
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly revokedAt: Date | null
}

const MAX_YEARS = 2

export function authoriseAgent(fresh: Omit<Agent, 'revokedAt'>): Agent {
  const latest = new Date(fresh.createdAt)
  latest.setUTCFullYear(latest.getUTCFullYear() + MAX_YEARS)
  if (fresh.expiresAt <= fresh.createdAt || fresh.expiresAt > latest) throw new InputInvalidError([badEnd])
  return { ...fresh, revokedAt: null }
}

const badEnd = { path: 'expiresAt', code: 'out-of-range', message: 'A time from now on, two years ahead at most.' }

export const isGood = (agent: Agent, hash: string, now: Date): boolean =>
  agent.hash === hash && agent.revokedAt === null && now < agent.expiresAt

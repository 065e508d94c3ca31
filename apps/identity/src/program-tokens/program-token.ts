import { decide, type Decision, identity, unchanged } from '@mpics/contracts'
import { HOUR_MS } from '@mpics/contracts/durations'
import { TokenExpiryRefusedError, TokenNotFoundError, TooManyTokensError } from './program-token.errors.js'

export interface ProgramToken {
  id: string
  name: string
  scopes: readonly string[]
  /** The hash of the secret, which nobody keeps. */
  hash: string
  createdAt: Date
  expiresAt: Date
  /** The hour of the last use. */
  lastUsedAt: Date | null
  /** The time of the password under which it was made, and with which it ends. */
  passwordChangedAt: Date
}

/** The tokens of one account, so that their number holds whoever races. */
export interface ProgramTokens {
  /** That of the account. */
  id: string
  tokens: readonly ProgramToken[]
}

export type NewToken = Omit<ProgramToken, 'lastUsedAt'>

const MAX_TOKENS = 20

export const noTokens = (accountId: string): ProgramTokens => ({ id: accountId, tokens: [] })

export function createToken(all: ProgramTokens, fresh: NewToken): Decision<ProgramTokens> {
  requireGoodEnd(fresh)
  const live = all.tokens.filter(({ expiresAt }) => fresh.createdAt < expiresAt)
  if (live.length >= MAX_TOKENS) throw new TooManyTokensError()
  return decide({ ...all, tokens: [...live, { ...fresh, lastUsedAt: null }] }, created(all, fresh))
}

/** The former token ends in the same write. */
export function rotateToken(
  all: ProgramTokens,
  formerId: string,
  fresh: Omit<NewToken, 'name' | 'scopes' | 'expiresAt'> & { expiresAt?: Date },
): Decision<ProgramTokens> {
  const former = tokenOf(all, formerId)
  const { name, scopes, expiresAt } = former
  const next = { name, scopes, ...fresh, expiresAt: fresh.expiresAt ?? expiresAt, lastUsedAt: null }
  requireGoodEnd(next)
  const tokens = all.tokens.map((token) => (token === former ? next : token))
  return decide({ ...all, tokens }, revoked(former), created(all, next))
}

export function renameToken(all: ProgramTokens, id: string, name: string): Decision<ProgramTokens> {
  const former = tokenOf(all, id)
  if (former.name === name) return unchanged(all)
  return decide({ ...all, tokens: all.tokens.map((token) => (token === former ? { ...token, name } : token)) })
}

export function revokeToken(all: ProgramTokens, id: string): Decision<ProgramTokens> {
  const former = tokenOf(all, id)
  return decide({ ...all, tokens: all.tokens.filter((token) => token !== former) }, revoked(former))
}

/** Ends those that are not to stay, e.g. after a change of the password. */
export function endTokens(all: ProgramTokens, stays: (token: ProgramToken) => boolean): Decision<ProgramTokens> {
  const ended = all.tokens.filter((token) => !stays(token))
  if (ended.length === 0) return unchanged(all)
  return decide({ ...all, tokens: all.tokens.filter(stays) }, ...ended.map(revoked))
}

/** Notes no more than the hour, and once in it. */
export function noteUse(all: ProgramTokens, id: string, now: Date): Decision<ProgramTokens> {
  const lastUsedAt = new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS)
  const isNews = (token: ProgramToken) => token.id === id && (token.lastUsedAt ?? new Date(0)) < lastUsedAt
  if (!all.tokens.some(isNews)) return unchanged(all)
  return decide({ ...all, tokens: all.tokens.map((token) => (isNews(token) ? { ...token, lastUsedAt } : token)) })
}

export const isGood = (token: ProgramToken, account: { passwordChangedAt: Date }, now: Date): boolean =>
  now < token.expiresAt && isOfPassword(token, account)

export const isOfPassword = (token: ProgramToken, account: { passwordChangedAt: Date }): boolean =>
  token.passwordChangedAt.getTime() === account.passwordChangedAt.getTime()

const created = ({ id: accountId }: ProgramTokens, { id: tokenId }: { id: string }) =>
  identity.programTokenCreated.of({ accountId, tokenId })

const revoked = ({ id: tokenId }: ProgramToken) => identity.programTokenRevoked.of({ tokenId })

function tokenOf({ tokens }: ProgramTokens, id: string): ProgramToken {
  const found = tokens.find((token) => token.id === id)
  if (!found) throw new TokenNotFoundError()
  return found
}

function requireGoodEnd({ createdAt, expiresAt }: Pick<NewToken, 'createdAt' | 'expiresAt'>): void {
  const latest = new Date(createdAt)
  latest.setUTCFullYear(createdAt.getUTCFullYear() + 1)
  if (expiresAt <= createdAt || expiresAt > latest) throw new TokenExpiryRefusedError()
}

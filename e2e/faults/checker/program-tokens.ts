import type { Attempt } from '../evidence/history.js'
import { collectionOf, factsOf, type Observed, type Stored } from '../evidence/observed.js'
import { lost, openOf, unasked } from './counted.js'
import { issued } from './issued.js'
import { violation, type Violation } from './violation.js'

type Seen = Pick<Observed, 'records' | 'documents'>

interface LiveToken {
  id: string
  passwordChangedAt: Date
}

const ENDING = ['change-password', 'reset-password', 'close-account', 'lock'] as const

/** Each token is made and ended once, by whom it belongs to or with the password or the account; both are told. */
export const tokenViolations = (attempts: readonly Attempt[], seen: Seen): Violation[] => [
  ...toldOf(seen),
  ...made(attempts, seen),
  ...ended(attempts, seen),
]

const liveIn = (seen: Seen): { account: string; token: LiveToken }[] =>
  collectionOf(seen, 'identity', 'program_tokens').flatMap(({ _id, tokens }) =>
    (tokens as LiveToken[]).map((token) => ({ account: _id, token })),
  )

function toldOf(seen: Seen): Violation[] {
  const keysOf = (name: string) => factsOf(seen, `identity.token.${name}.v1`).map(({ key }) => key)
  const [created, revoked, live] = [keysOf('created'), keysOf('revoked'), liveIn(seen).map(({ token }) => token.id)]
  const twice = [created, revoked].flatMap((keys) => keys.filter((key, i) => keys.indexOf(key) < i))
  return [
    ...twice.map((id) => violation('doubled event', `token ${id}`, 'told twice')),
    ...[...live, ...revoked]
      .filter((id) => !created.includes(id))
      .map((id) => violation('lost event', `token ${id}`, 'nobody was told of it')),
    ...created
      .filter((id) => !live.includes(id) && !revoked.includes(id))
      .map((id) => violation('lost event', `token ${id}`, 'nobody was told of its end')),
    ...live
      .filter((id) => revoked.includes(id))
      .map((id) => violation('event without its state', `token ${id}`, 'it is good, and its end was told')),
  ]
}

function made(attempts: readonly Attempt[], seen: Seen): Violation[] {
  const facts = factsOf(seen, 'identity.token.created.v1')
  const asked = issued(attempts, 'create-token')
  const known = new Set(asked.map(({ id }) => id))
  const unknown = facts.filter(({ key }) => !known.has(key)).length
  const open = openOf(asked)
  return [
    ...asked
      .filter(({ acknowledged, id }) => acknowledged && !facts.some(({ key }) => key === id))
      .map(({ id }) => lost(`token ${id}`, 'is not there')),
    ...(unknown > open ? [unasked('tokens', `${unknown} unknown ones, ${open} open`)] : []),
  ]
}

function ended(attempts: readonly Attempt[], seen: Seen): Violation[] {
  const asked = issued(attempts, 'revoke-token')
  const revoked = new Set(asked.map((one) => one.asked.tokenId))
  const certain = new Set(asked.filter(({ acknowledged }) => acknowledged).map((one) => one.asked.tokenId))
  const changed = new Set(issued(attempts, ...ENDING).map((one) => one.asked.accountId))
  const accounts = new Map(collectionOf(seen, 'identity', 'accounts').map((account) => [account._id, account]))
  const ownerOf = new Map(
    factsOf(seen, 'identity.token.created.v1').map(({ key, data }) => [key, data.accountId as string]),
  )
  return [
    ...liveIn(seen).flatMap(({ account, token }) => {
      if (certain.has(token.id)) return [lost(`end of token ${token.id}`, 'it is good')]
      return mayLive(token, accounts.get(account)) ? [] : [lost(`end of token ${token.id}`, 'its account allows none')]
    }),
    ...factsOf(seen, 'identity.token.revoked.v1')
      .filter(({ key }) => !revoked.has(key) && !changed.has(ownerOf.get(key) ?? ''))
      .map(({ key }) => unasked(`end of token ${key}`, 'not asked for')),
  ]
}

const mayLive = ({ passwordChangedAt }: LiveToken, account?: Stored): boolean =>
  account !== undefined &&
  !account['closure'] &&
  !account['lock'] &&
  passwordChangedAt.getTime() === (account['passwordChangedAt'] as Date).getTime()

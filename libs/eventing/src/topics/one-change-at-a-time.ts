import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { ScramCredentials } from '../kafka/scram-credentials.js'

/** A process that dies leaves its claim behind. */
const STALE_MS = 120_000
const WAIT_MS = 15_000
const CLAIM = /^analyst-[a-z\d-]+\.claim\.(\d+)\.\w+$/
const AGAIN_MS = 50

class AnalystBusyError extends Error {
  constructor(account: string) {
    super(`somebody else is changing ${account}, or broke off a moment ago: nothing was done; try again in two minutes`)
  }
}

class AnalystChangedError extends Error {
  constructor(account: string) {
    super(
      `somebody else changed ${account} at the same time: what was done here may not hold; mpics analysts list shows it`,
    )
  }
}

/**
 * Does `work` while nobody else changes the account. Kafka has no locks, but the order of its changes is one for all: whoever sees their
 * own claim sees each earlier one. A claim is a log-in without rights, of a password that nobody knows. `hadToWait` tells that somebody
 * else was at it.
 */
export async function oneChangeAtATime<T>(
  credentials: ScramCredentials,
  account: string,
  work: (hadToWait: boolean) => Promise<T>,
): Promise<T> {
  const { claim, hadToWait } = await claimed(credentials, account)
  let result
  try {
    result = await work(hadToWait)
  } catch (error) {
    // it becomes stale; the reason for all this must be heard
    await credentials.remove(claim).catch(() => undefined)
    throw error
  }
  if (!(await credentials.remove(claim))) throw new AnalystChangedError(account)
  return result
}

/** Of several who meet the first one stays and waits for the others, which begin anew: nobody goes on who sees another. */
async function claimed(credentials: ScramCredentials, account: string) {
  const until = performance.now() + WAIT_MS
  let claim = await newClaim(credentials, account)
  for (let hadToWait = false; ; hadToWait = true) {
    const names = await namesWith(claim, credentials)
    await removeStale(credentials, names)
    const fresh = names.filter((name) => name.startsWith(prefixOf(account)) && name !== claim && !isStale(name))
    if (fresh.length === 0) return { claim, hadToWait }
    const isFirst = fresh.every((other) => claim < other)
    if (!isFirst || performance.now() > until) await credentials.remove(claim)
    if (performance.now() > until) throw new AnalystBusyError(account)
    await delay(AGAIN_MS + Math.random() * 2 * AGAIN_MS)
    if (!isFirst) claim = await newClaim(credentials, account)
  }
}

/** Claims of whatever account, which processes that died have left. */
export async function removeStale(credentials: ScramCredentials, names: readonly string[]): Promise<void> {
  for (const name of names) if (isStale(name)) await credentials.remove(name)
}

async function newClaim(credentials: ScramCredentials, account: string): Promise<string> {
  const claim = `${prefixOf(account)}${Date.now()}.${randomBytes(6).toString('hex')}`
  await credentials.set(claim, randomBytes(24).toString('base64url'))
  return claim
}

/** The asked broker has a change a moment later than the controller. */
async function namesWith(claim: string, credentials: ScramCredentials): Promise<string[]> {
  const until = performance.now() + WAIT_MS
  for (;;) {
    const names = await credentials.names()
    if (names.includes(claim)) return names
    if (performance.now() > until) throw new Error(`the broker has not heard of a change after ${WAIT_MS / 1000} s`)
    await delay(AGAIN_MS)
  }
}

const prefixOf = (account: string): string => `${account}.claim.`

const isStale = (name: string): boolean => Date.now() - Number(CLAIM.exec(name)?.[1]) > STALE_MS

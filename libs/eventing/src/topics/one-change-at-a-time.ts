import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { ScramCredentials } from '../kafka/scram-credentials.js'

/** A process that dies leaves its claim behind. */
const STALE_MS = 120_000
const WAIT_MS = 15_000
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
    await credentials.remove(claim)
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
    const { stale = [], fresh = [] } = Object.groupBy(await othersThan(claim, credentials, account), ageOf)
    for (const dead of stale) await credentials.remove(dead)
    if (fresh.length === 0) return { claim, hadToWait }
    const isFirst = fresh.every((other) => claim < other)
    if (!isFirst || performance.now() > until) await credentials.remove(claim)
    if (performance.now() > until) throw new AnalystBusyError(account)
    await delay(AGAIN_MS + Math.random() * 2 * AGAIN_MS)
    if (!isFirst) claim = await newClaim(credentials, account)
  }
}

async function newClaim(credentials: ScramCredentials, account: string): Promise<string> {
  const claim = `${prefixOf(account)}${Date.now()}.${randomBytes(6).toString('hex')}`
  await credentials.set(claim, randomBytes(24).toString('base64url'))
  return claim
}

/** The asked broker has a change a moment later than the controller. */
async function othersThan(claim: string, credentials: ScramCredentials, account: string): Promise<string[]> {
  const until = performance.now() + WAIT_MS
  for (;;) {
    const names = await credentials.names()
    if (names.includes(claim)) return names.filter((name) => name.startsWith(prefixOf(account)) && name !== claim)
    if (performance.now() > until) throw new Error(`the broker has not heard of a change after ${WAIT_MS / 1000} s`)
    await delay(AGAIN_MS)
  }
}

const prefixOf = (account: string): string => `${account}.claim.`

const ageOf = (claim: string): 'stale' | 'fresh' =>
  Date.now() - Number(claim.split('.').at(-2)) > STALE_MS ? 'stale' : 'fresh'

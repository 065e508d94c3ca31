import { randomBytes } from 'node:crypto'
import type { Admin } from 'kafkajs'
import type { KafkaAccess } from '../eventing-options.js'
import { createKafka } from '../kafka/kafka-client.js'
import { ScramCredentials } from '../kafka/scram-credentials.js'
import { analystRights, CATALOGUE } from './acls.js'
import { analystNamed, analystsAmong } from './analyst-names.js'
import { oneChangeAtATime, removeStale } from './one-change-at-a-time.js'
import { entryOf, listed, ofBroker, untilApplied } from './rights.js'
import { withAdmin } from './topics.js'

const PASSWORD_BYTES = 24

/** What an analyst needs to log in and to read. */
export interface AnalystAccount {
  account: string
  topics: string[]
  /** Every group must begin with it. */
  groups: string
  /** False where the log-in was taken away by other means. */
  mayLogIn: boolean
}

class AnalystExistsError extends Error {
  constructor(account: string) {
    super(`${account} is there already: --renew gives it another password, and the old one ends`)
  }
}

class AnalystRenewedError extends Error {
  constructor(account: string) {
    super(`somebody else changed ${account} at the same time: it has no other password from here`)
  }
}

class NoSuchAnalystError extends Error {
  constructor(account: string) {
    super(`there is no ${account}: mpics analysts list shows who there is`)
  }
}

/**
 * Gives rights first: what a crash leaves behind is an account that nobody can log in to, and a second try completes it. The password holds:
 * of two who add one name, or renew it, at once, one is refused.
 */
export async function addAnalyst(
  access: KafkaAccess,
  name: string,
  { renew = false } = {},
): Promise<AnalystAccount & { password: string }> {
  const analyst = analystNamed(name)
  const { prefix = '' } = access
  return changing(access, analyst.name, async (credentials, hadToWait) => {
    const isThere = (await credentials.names()).includes(analyst.name)
    if (renew && hadToWait) throw new AnalystRenewedError(analyst.name)
    if (isThere && !renew) throw new AnalystExistsError(analyst.name)
    if (!isThere && renew) throw new NoSuchAnalystError(analyst.name)
    const rights = analystRights(prefix, { ...CATALOGUE, analysts: [analyst] }).flatMap(ofBroker)
    await withAdmin(access, (admin) => change(admin, 'missing', rights))
    const password = randomBytes(PASSWORD_BYTES).toString('base64url')
    await credentials.set(analyst.name, password)
    return { ...accountOf(analyst.name, prefix, true), password }
  })
}

export async function listAnalysts(access: KafkaAccess): Promise<AnalystAccount[]> {
  const { prefix = '' } = access
  const found = analystsAmong(await withAdmin(access, listed), prefix)
  const names = await ScramCredentials.with(createKafka(access), async (credentials) => {
    const all = await credentials.names()
    // whoever may only look is told all the same
    await removeStale(credentials, all).catch(() => undefined)
    return all
  })
  return found.map(({ name }) => accountOf(name, prefix, names.includes(name)))
}

/** Takes the log-in first; then every right of theirs, so that a client that is still connected reads no more. */
export async function removeAnalyst(access: KafkaAccess, name: string): Promise<void> {
  const analyst = analystNamed(name)
  await changing(access, analyst.name, async (credentials) => {
    const hadLogIn = await credentials.remove(analyst.name)
    await withAdmin(access, async (admin) => {
      const rights = (await listed(admin)).filter(({ principal }) => principal === `User:${analyst.name}`)
      if (rights.length === 0 && !hadLogIn) throw new NoSuchAnalystError(analyst.name)
      await change(admin, 'unplanned', rights)
    })
  })
}

const changing = <T>(
  access: KafkaAccess,
  account: string,
  work: (credentials: ScramCredentials, hadToWait: boolean) => Promise<T>,
): Promise<T> =>
  ScramCredentials.with(createKafka(access), (credentials) =>
    oneChangeAtATime(credentials, account, (hadToWait) => work(credentials, hadToWait)),
  )

const accountOf = (account: string, prefix: string, mayLogIn: boolean): AnalystAccount => ({
  account,
  topics: analystNamed(account.slice('analyst-'.length)).topics.map((topic) => prefix + topic.name),
  groups: `${prefix}${account}.`,
  mayLogIn,
})

async function change(admin: Admin, kind: 'missing' | 'unplanned', rights: Awaited<ReturnType<typeof listed>>) {
  if (rights.length === 0) return
  if (kind === 'missing') await admin.createAcls({ acl: rights.map(entryOf) })
  else await admin.deleteAcls({ filters: rights.map(entryOf) })
  await untilApplied(
    admin,
    rights.map((right) => ({ ...right, kind })),
  )
}

import { identity } from '@mpics/contracts'
import { clonedAccounts } from '../cost/scene/clones.js'
import { nth } from '../cost/scene/calls.js'
import type { Scene } from '../cost/scene/scene.js'
import { asked, asking } from '../measuring/ask.js'

/** So many that each logs in fewer than twenty times: beyond, a log-in ends the session that was idle for longest. */
const PEOPLE = 160
const CONCURRENCY = 4

export interface Known {
  login: string
  password: string
  browserToken: string
}

interface LoggedIn extends Known {
  sessionId: string
  accessToken: string
  refreshToken: string
}

/** People whose browsers are known: each has logged in once, so that its owner gets no mail about the next time. */
export async function knownPeople({ system, members }: Scene): Promise<LoggedIn[]> {
  const { accountId, person } = members[0]!
  const logins = await clonedAccounts(system, accountId, PEOPLE)
  const ask = asking(system.gatewayUrl)
  const people: LoggedIn[] = []
  const logInOthers = async () => {
    for (let login = logins.pop(); login !== undefined; login = logins.pop()) {
      const credentials = { login, password: person.password }
      const { path, status } = identity.logIn
      const session = await asked<Omit<LoggedIn, 'login' | 'password'>>(ask, status, { path, body: credentials })
      people.push({ ...credentials, ...session })
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, logInOthers))
  return people
}

export const logInOf = (people: readonly Known[], n: number) => {
  const { login, password, browserToken } = nth(people, n)
  return { path: identity.logIn.path, body: { login, password, browserToken } }
}

import { setTimeout as delay } from 'node:timers/promises'
import type { ApiClient } from '@mpics/api-client'
import { identity } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import type { Member } from '@mpics/tools/people/member'
import { inTurns } from '../hostile/in-turns.js'
import { attack, isLong, sized } from '../scene/report.js'
import type { Scene } from '../scene/scene.js'

/** B49; asserted on an idle machine only. */
const MAX_MS = 2_000
const TIMEOUT_MS = 120_000
const LOOK_MS = 10
const AT_ONCE = 4

/** A token that is good, and what ends it. */
interface Revocable {
  token: string
  revoke: () => Promise<unknown>
}

/** Makes the next one of a kind, of a member of its own for each worker. */
type Kind = (scene: Scene, member: Member) => Promise<Revocable>

const session: Kind = async (_, member) => {
  const other = await logIn(member)
  return {
    token: other.accessToken,
    revoke: () => member.api.call(identity.endSession, { params: { id: other.sessionId } }),
  }
}

const programToken: Kind = async (_, member) => {
  const expiresAt = new Date(Date.now() + DAY_MS).toISOString()
  const body = { name: 'Backup', scopes: ['account:read'] as const, expiresAt }
  const { id, token } = await member.api.call(identity.createProgramToken, {
    body: { ...body, scopes: [...body.scopes] },
  })
  return { token, revoke: () => member.api.call(identity.revokeProgramToken, { params: { id } }) }
}

const role: Kind = async (scene, member) => {
  const order = { account: member.accountId, role: 'moderator' }
  await scene.operator.giveFactor(member.accountId)
  await scene.operator.order('grant-role', order)
  await member.renew()
  return { token: member.accessToken, revoke: () => scene.operator.order('revoke-role', order) }
}

const account: Kind = async (scene, member) => {
  const order = { account: member.accountId }
  await scene.operator.order('unlock-account', order)
  const { accessToken } = await logIn(member)
  return { token: accessToken, revoke: () => scene.operator.order('lock-account', { ...order, reason: 'abuse' }) }
}

export function revocationAttacks(scene: Scene): void {
  for (const [name, kind] of Object.entries({ session, programToken, role, account }))
    attack('revocations', `tokens after the end of what gave them, at two gateways: ${name}`, async () => {
      const gateways = await scene.gateways()
      const times = await timesOf(scene, kind, gateways, sized(1, 200))
      const slowest = Math.max(...times)
      const through = isLong && slowest > MAX_MS ? [`the slowest was good for ${slowest.toFixed(0)} ms more`] : []
      return {
        tried: `revocations (${name})`,
        times: times.length,
        through,
        seen: [`slowest ${slowest.toFixed(0)} ms`],
      }
    })
}

async function timesOf(scene: Scene, kind: Kind, gateways: readonly ApiClient[], count: number): Promise<number[]> {
  const times: number[] = []
  const workers = Array.from({ length: Math.min(AT_ONCE, count) }, (_, worker) => worker)
  await inTurns(workers, workers.length, async (worker) => {
    const member = await scene.member('revoked')
    for (let n = worker; n < count; n += workers.length) {
      const { token, revoke } = await kind(scene, member)
      await Promise.all(gateways.map((gateway) => untilAnswered(gateway, token, 200)))
      await revoke()
      const from = performance.now()
      await Promise.all(gateways.map((gateway) => untilAnswered(gateway, token, 401)))
      times.push(performance.now() - from)
    }
  })
  return times
}

async function untilAnswered(gateway: ApiClient, token: string, wanted: number): Promise<void> {
  for (const until = performance.now() + TIMEOUT_MS; performance.now() < until; await delay(LOOK_MS)) {
    const { status } = await gateway.send({ method: 'GET', path: identity.getMe.path, token })
    if (status === wanted) return
  }
  throw new Error(`the token was not answered ${wanted} within ${TIMEOUT_MS / 1000} s`)
}

async function logIn({ person, anonymous }: Member) {
  return anonymous.call(identity.logIn, { body: { login: person.handle, password: person.password } })
}

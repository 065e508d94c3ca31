import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { ApiClient, Reply } from '@mpics/api-client'
import { identity } from '@mpics/contracts'
import { eventually } from '@mpics/testing/eventually'
import type { Member } from '@mpics/tools/people/member'
import { attack, isLong, sized } from '../scene/report.js'
import { attackerAt, type Scene } from '../scene/scene.js'

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const LOG_INS = 4
/** Milliseconds after the reset began, in turn: before, during and after its hash. */
const OFFSETS = [0, 5, 10, 20, 40, 80]
/** An access token may live so long after its session (B49), which only an idle machine can show. */
const REVOKED_MS = isLong ? 3_000 : 120_000

export function resetRaceAttacks(scene: Scene): void {
  const rounds = sized(4, 200)
  attack('reset-race', 'log-ins with the former password beside a reset', async () => {
    const through: string[] = []
    for (let round = 0; round < rounds; round++) through.push(...(await race(scene, round)))
    return { tried: `${LOG_INS} log-ins with the former password beside a reset`, times: rounds, through }
  })

  attack('reset-race', 'a reset done while a log-in is between its proof and its session', () =>
    heldAt(scene, 'session.beforeInsert'),
  )

  attack('reset-race', 'a reset done while a log-in is between its session and its answer', () =>
    heldAt(scene, 'session.afterInsert'),
  )
}

interface Victim {
  member: Member
  reset: () => Promise<void>
}

async function victimOf(scene: Scene): Promise<Victim> {
  const member = await scene.member('victim')
  const { email } = member.person
  const owner = scene.somebody()
  await owner.call(identity.requestPasswordReset, { body: { email } })
  const token = await scene.mailbox.token(email, '/reset-password')
  const newPassword = `another horse ${randomUUID()}`
  return { member, reset: () => owner.call(identity.confirmPasswordReset, { body: { token, newPassword } }) }
}

async function race(scene: Scene, round: number): Promise<string[]> {
  const { member, reset } = await victimOf(scene)
  const attacker = attackerFrom(scene, round)
  const logIns = Array.from({ length: LOG_INS }, async (_, i) => {
    await delay(OFFSETS[(round + i) % OFFSETS.length])
    return logIn(attacker, member)
  })
  const [answers] = await Promise.all([Promise.all(logIns), reset()])
  return survivors(attacker, answers, member.accessToken)
}

async function heldAt(scene: Scene, point: string) {
  const through: string[] = []
  const times = sized(1, 10)
  for (let n = 0; n < times; n++) through.push(...(await hold(scene, point, n)))
  return { tried: `a reset while ${point} holds a log-in`, times, through }
}

/** The fail-point holds the log-in until the reset has been answered. */
async function hold(scene: Scene, point: string, n: number): Promise<string[]> {
  const { member, reset } = await victimOf(scene)
  const attacker = attackerFrom(scene, n)
  const before = scene.strikes(point)
  scene.arm(`${point}:hold`)
  const answer = logIn(attacker, member)
  await scene.struck(point, before)
  await reset()
  scene.disarm()
  return survivors(attacker, [await answer], member.accessToken)
}

const attackerFrom = (scene: Scene, n: number): ApiClient =>
  scene.from(attackerAt(n), { headers: { 'user-agent': FIREFOX } })

const logIn = (api: ApiClient, { person }: Member): Promise<Reply> =>
  api.send({
    method: identity.logIn.method,
    path: identity.logIn.path,
    body: JSON.stringify({ login: person.handle, password: person.password }),
  })

interface Opened {
  accessToken: string
  refreshToken: string
}

async function survivors(api: ApiClient, answers: readonly Reply[], earlierToken: string): Promise<string[]> {
  const opened = answers.filter(({ status }) => status === 201).map(({ body }) => body as Opened)
  const tokens = [earlierToken, ...opened.map(({ accessToken }) => accessToken)]
  const used = await Promise.all(tokens.map((token) => worksStill(api, token)))
  // afterwards: the first refresh of a session may be what ends it
  const refreshed = await Promise.all(opened.map(({ refreshToken }) => isRefreshed(api, refreshToken)))
  return [...used, ...refreshed].flat()
}

async function worksStill(api: ApiClient, token: string): Promise<string[]> {
  const isRefused = async () => (await api.send({ method: 'GET', path: '/v1/me', token })).status === 401
  return eventually('the token to be refused', isRefused, REVOKED_MS).then(
    () => [],
    () => ['an access token works after the reset'],
  )
}

async function isRefreshed(api: ApiClient, refreshToken: string): Promise<string[]> {
  const { method, path } = identity.refreshSession
  const { status } = await api.send({ method, path, body: JSON.stringify({ refreshToken }) })
  return status === 200 ? ['a session that the former password opened is refreshed after the reset'] : []
}

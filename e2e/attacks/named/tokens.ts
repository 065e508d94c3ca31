import { randomUUID } from 'node:crypto'
import { identity } from '@mpics/contracts'
import { residentMegabytes } from '@mpics/tools/bench/measuring/process-figures'
import { newPerson, registrationOf } from '@mpics/tools/people/member'
import { forgedTokens } from '../hostile/forged-tokens.js'
import { inTurns } from '../hostile/in-turns.js'
import { attack, sized } from '../scene/report.js'
import { attackerAt, memoryLimitOf, type Scene } from '../scene/scene.js'

const AT_ONCE = 16
const JUNK_BYTES = 14_000

export function tokenAttacks(scene: Scene): void {
  attack('tokens', 'tokens that are forged from a good one', async () => {
    const member = await scene.member('token_owner')
    const keys = await scene.somebody().call(identity.getSigningKeys, {})
    const forged = forgedTokens(member.accessToken, JSON.stringify(keys))
    const through: string[] = []
    await inTurns(forged, AT_ONCE, async (token) => {
      const { status } = await scene.from(attackerAt(5)).send({ method: 'GET', path: '/v1/me', token })
      if (status !== 401) through.push(`${token.slice(0, 60)}… was answered ${status}`)
    })
    return { tried: 'forged tokens', times: forged.length, through }
  })

  attack('tokens', 'a good token with ever other junk behind it, which a cache might keep', async () => {
    const { accessToken } = await scene.member('token_owner')
    const api = scene.from(attackerAt(5))
    const junk = Array.from({ length: sized(2_000, 40_000) }, (_, n) => n)
    const through: string[] = []
    let most = 0
    await inTurns(junk, AT_ONCE, async (n) => {
      const token = `${accessToken} ${String(n).padStart(JUNK_BYTES, 'x')}`
      const { status } = await api.send({ method: 'GET', path: '/v1/me', token })
      if (status !== 401 && status !== 429) through.push(`junk was answered ${status}`)
      if (n % 100 === 0) most = Math.max(most, residentMegabytes(scene.pid('gateway')))
    })
    const limit = memoryLimitOf('gateway')
    if (most > limit) through.push(`the gateway took ${most.toFixed(0)} MB; its pod may have ${limit}`)
    const seen = [`the gateway took ${most.toFixed(0)} of ${limit} MB`]
    return { tried: 'a good token with junk', times: junk.length, through, seen }
  })

  attack('tokens', 'a stranger’s idempotency key, used by another stranger', async () => {
    const key = randomUUID()
    const register = async (n: number) => {
      const api = scene.from(attackerAt(300 + n))
      const body = await registrationOf(api, newPerson('keyed', 'Keyed'))
      const headers = { 'idempotency-key': key }
      return api.send({ method: 'POST', path: identity.registerAccount.path, headers, body: JSON.stringify(body) })
    }
    const answers = [await register(0), await register(1)]
    const through = answers.filter(({ status }) => status !== 201).map(({ status }) => `was answered ${status}`)
    return { tried: 'registrations of two strangers under one key', times: answers.length, through }
  })
}

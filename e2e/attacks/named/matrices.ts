import type { ApiClient, Reply } from '@mpics/api-client'
import { type ApiDefinition, gateway, identity, type Role, roles, type Scope, scopes } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import { publicApis } from '@mpics/contracts/catalogue'
import type { Member } from '@mpics/tools/people/member'
import { inTurns } from '../hostile/in-turns.js'
import { attack } from '../scene/report.js'
import type { Scene } from '../scene/scene.js'

const AT_ONCE = 8
const NOBODY = '01931f3e-0000-7000-8000-00000000dead'

/** Every call of the table is let in by whoever may make it, and does nothing then: no call knows this parameter. */
const UNKNOWN_QUERY = '?no-call-knows-this=1'
const LET_IN = ['input-invalid', 'media.link-expired', 'notifications.unsubscribe-link-invalid']

/** The call of agents takes no token of ours. It looks at a batch before it looks at who sends it, so this one is good. */
const BATCH = { batchId: 'forged', views: [{ page: '/', occurredAt: new Date().toISOString(), userAgent: 'forged' }] }
const isOfAgents = ({ name }: ApiDefinition) => name === gateway.recordAgentViews.name

interface Cell {
  api: ApiDefinition
  token: string
  as: string
  expected: string
}

export function matrixAttacks(scene: Scene): void {
  attack('matrices', 'each scope at each call', async () => {
    const member = await scene.member('programmer')
    const all = await Promise.all(Object.keys(scopes.known).map((scope) => tokenWith(member, scope as Scope)))
    const cells = all.flatMap(({ scope, token }) =>
      publicApis.map((api): Cell => ({ api, token, as: scope, expected: expectedOfScope(api, scope) })),
    )
    return { tried: 'scopes at calls', times: cells.length, through: await wrongAmong(scene.somebody(), cells) }
  })

  attack('matrices', 'each role at each call', async () => {
    const member = await scene.member('employee')
    await scene.operator.giveFactor(member.accountId)
    const through: string[] = []
    let times = 0
    for (const role of Object.keys(roles.known) as Role[]) {
      const token = await tokenAs(scene, member, role)
      const cells = publicApis.map((api): Cell => ({ api, token, as: role, expected: expectedOfRole(api, role) }))
      through.push(...(await wrongAmong(scene.somebody(), cells)))
      times += cells.length
    }
    return { tried: 'roles at calls', times, through }
  })
}

function expectedOfScope(api: ApiDefinition, scope: Scope): string {
  if (isOfAgents(api)) return 'unauthenticated'
  const { scope: needed } = api
  if (needed === null) return 'forbidden'
  return needed === scope ? 'let in' : `identity.scope-missing ${needed}`
}

function expectedOfRole(api: ApiDefinition, role: Role): string {
  if (isOfAgents(api)) return 'unauthenticated'
  const { access } = api
  const isClosed = typeof access === 'object' && 'roles' in access && !access.roles.includes(role)
  return isClosed ? 'forbidden' : 'let in'
}

async function wrongAmong(api: ApiClient, cells: readonly Cell[]): Promise<string[]> {
  const wrong: string[] = []
  await inTurns(cells, AT_ONCE, async ({ api: call, token, as, expected }) => {
    const { method } = call
    const path = call.path.replace('{handle}', 'nobody-at-all').replace(/\{\w+\}/g, NOBODY)
    const asked = isOfAgents(call)
      ? { path, body: JSON.stringify(BATCH) }
      : { path: path + UNKNOWN_QUERY, ...(method !== 'GET' && { body: '{}' }) }
    const reply = await api.send({ method, token, ...asked })
    const seen = seenIn(reply)
    if (seen !== expected) wrong.push(`${as} at ${method} ${call.path}: ${seen} (${reply.status}), not ${expected}`)
  })
  return wrong
}

function seenIn({ body }: Reply): string {
  const { code = 'no problem', missing = [] } = (body ?? {}) as { code?: string; missing?: string[] }
  return LET_IN.includes(code) ? 'let in' : [code, ...missing].join(' ')
}

async function tokenWith(member: Member, scope: Scope) {
  const expiresAt = new Date(Date.now() + DAY_MS).toISOString()
  const body = { name: scope, scopes: [scope], expiresAt }
  return { scope, token: (await member.api.call(identity.createProgramToken, { body })).token }
}

async function tokenAs(scene: Scene, member: Member, role: Role): Promise<string> {
  const account = member.accountId
  for (const other of Object.keys(roles.known))
    if (other !== 'member') await scene.operator.order('revoke-role', { account, role: other })
  if (role !== 'member') {
    const until = new Date(Date.now() + DAY_MS).toISOString()
    await scene.operator.order('grant-role', { account, role, until })
  }
  await member.renew()
  return member.accessToken
}

import { media, profiles } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import type { Member } from '@mpics/tools/people/member'
import { SMALL_PICTURE } from '../scene/everyday.js'
import { attack, sized } from '../scene/report.js'
import { attackerAt, type Scene } from '../scene/scene.js'
import { forgedCursors, spoilt } from '../hostile/cursors.js'
import { inTurns } from '../hostile/in-turns.js'

const AT_ONCE = 8

interface OpenApi {
  paths: Record<string, Record<string, { parameters?: { name: string; in: string }[] }>>
}

export function cursorAttacks(scene: Scene): void {
  attack('cursors', 'cursors of our own making, and those of another list', async () => {
    const lists = await listsOf(scene)
    const attacker = await staffAt(scene, attackerAt(1))
    const strange = await strangeCursors(scene, attacker)
    const made = [...forgedCursors, ...strange.flatMap(({ cursor }) => spoilt(cursor))]
    const cursorsFor = (path: string) => [...made, ...strange.filter(({ of }) => of !== path).map((one) => one.cursor)]
    const once = lists.flatMap((list) => cursorsFor(list).map((cursor) => ({ list, cursor })))
    const tries = Array.from({ length: sized(1, 10) }, () => once).flat()
    const through: string[] = []
    await inTurns(tries, AT_ONCE, async ({ list, cursor }) => {
      const path = addressOf(list, attacker.person.handle, cursor)
      const { status, body } = await attacker.api.send({ method: 'GET', path })
      const { code } = body as { code?: string }
      if (status !== 422 || code !== 'cursor-invalid') through.push(`${path} was answered ${status} ${code}`)
    })
    through.push(...(await scene.openBreakers()), ...(await pagesThatFail(scene)))
    return { tried: `forged cursors for ${lists.length} lists`, times: tries.length, through }
  })
}

/** Lists of the staff are tried, too. */
async function staffAt(scene: Scene, address: string): Promise<Member> {
  const member = await scene.member('cursor_maker', scene.from(address))
  const [account, until] = [member.accountId, new Date(Date.now() + DAY_MS).toISOString()]
  await scene.operator.giveFactor(account)
  await scene.operator.order('grant-role', { account, role: 'campaigns', until })
  await member.renew()
  return member
}

/** Finds in the API's own document every call that takes a cursor; each is tried in its default order. */
async function listsOf(scene: Scene): Promise<string[]> {
  const { body } = await scene.somebody().send({ method: 'GET', path: '/openapi.json' })
  return Object.entries((body as OpenApi).paths)
    .filter(([, { get }]) => get?.parameters?.some(({ name }) => name === 'cursor'))
    .map(([path]) => path)
}

const addressOf = (path: string, handle: string, cursor: string): string =>
  `${path.replace('{handle}', handle)}?limit=1&cursor=${encodeURIComponent(cursor)}`

interface TrueCursor {
  /** The list that takes it in its usual order; none takes one of another order. */
  of?: string
  cursor: string
}

async function strangeCursors(scene: Scene, member: Member): Promise<TrueCursor[]> {
  const api = scene.somebody()
  await scene.member('another')
  for (const id of [await member.upload(SMALL_PICTURE), await member.upload(SMALL_PICTURE)]) await member.published(id)
  const photographers = await api.call(profiles.listPhotographers, { query: { limit: 1 } })
  const popular = await api.call(media.explorePhotos, { query: { sort: 'popular', limit: 1 } })
  return [{ of: profiles.listPhotographers.path, cursor: photographers.nextCursor! }, { cursor: popular.nextCursor! }]
}

async function pagesThatFail(scene: Scene): Promise<string[]> {
  const api = scene.somebody()
  const looks = [
    ['explore', api.call(media.explorePhotos, {})],
    ['photographers', api.call(profiles.listPhotographers, {})],
    ['the home page', api.bytes('/')],
  ] as const
  const failed = looks.map(([what, look]) =>
    look.then(
      () => [],
      (error: Error) => [`afterwards ${what} fails: ${error.message}`],
    ),
  )
  return (await Promise.all(failed)).flat()
}

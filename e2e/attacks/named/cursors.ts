import { media, profiles } from '@mpics/contracts'
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
    const attacker = await scene.member('cursor_maker', scene.from(attackerAt(1)))
    const cursors = [...forgedCursors, ...(await strangeCursors(scene))]
    const flood = Array.from({ length: sized(1, 10) }, () => cursors).flat()
    const through: string[] = []
    const tries = lists.flatMap((list) => flood.map((cursor) => ({ list, cursor })))
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

/** Finds in the API's own document every call that takes a cursor; each is tried in its default order. */
async function listsOf(scene: Scene): Promise<string[]> {
  const { body } = await scene.somebody().send({ method: 'GET', path: '/openapi.json' })
  return Object.entries((body as OpenApi).paths)
    .filter(([, { get }]) => get?.parameters?.some(({ name }) => name === 'cursor'))
    .map(([path]) => path)
}

const addressOf = (path: string, handle: string, cursor: string): string =>
  `${path.replace('{handle}', handle)}?limit=1&cursor=${encodeURIComponent(cursor)}`

/** True cursors, of an order that the list has not by default, and what can be made of them. */
async function strangeCursors(scene: Scene): Promise<string[]> {
  const api = scene.somebody()
  await Promise.all(['first', 'second'].map((name) => scene.member(name)))
  const { nextCursor } = await api.call(profiles.listPhotographers, { query: { sort: 'new', limit: 1 } })
  return nextCursor ? [nextCursor, ...spoilt(nextCursor)] : []
}

/** One bad answer of a service must not take everybody's pages down. */
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

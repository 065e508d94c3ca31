import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { gateway } from '@mpics/contracts'
import { closeMongo, connectMongo } from '@mpics/mongo'
import { eventually } from '@mpics/testing/eventually'
import type { System } from '../../environment/system/system.js'
import { isCaughtUp } from '../cost/jobs/page-view.js'
import { nth } from '../cost/scene/calls.js'
import type { Scene } from '../cost/scene/scene.js'
import type { StackBench } from '../measuring/bench.js'

const PAGES = 40
const CALLERS = 16
const BETWEEN_MS = 3_000
const CAUGHT_UP_MS = 120_000

/** Each view has a referrer of its own, by which it is known in the log. */
interface Load {
  readonly name: string
  sent: number
  readonly accepted: string[]
  goesOn: boolean
}

/** Kills the gateway again and again while it takes views: each view that it answered 202 is counted in the end. */
export async function benchKilledGateway(scene: Scene, { rounds }: StackBench): Promise<void> {
  const { system, photoIds } = scene
  const pages = photoIds.slice(0, PAGES).map((id) => `/photos/${id}`)
  const caughtUp = () =>
    eventually('all views to be counted', () => isCaughtUp(system.ports.analytics.ops), CAUGHT_UP_MS)
  await caughtUp()
  const before = await counted(system.gatewayUrl, pages)
  const load: Load = { name: randomUUID(), sent: 0, accepted: [], goesOn: true }
  const callers = Array.from({ length: CALLERS }, () => keepViewing(system.gatewayUrl, pages, load))
  for (let kill = 0; kill < rounds; kill++) {
    await delay(BETWEEN_MS * (0.5 + Math.random()))
    process.kill(system.services.gateway.pid!, 'SIGKILL')
    await eventually('the gateway to be back', () => isReady(system.gatewayUrl), CAUGHT_UP_MS)
  }
  await delay(BETWEEN_MS)
  load.goesOn = false
  await Promise.all(callers)
  await caughtUp()
  const logged = await loggedViews(system, load.name)
  const all = new Set(logged)
  const lost = load.accepted.filter((host) => !all.has(host))
  const total = async () => (await counted(system.gatewayUrl, pages)) - before
  await eventually('the totals to be those of the log', async () => (await total()) === logged.length, CAUGHT_UP_MS)
  console.log(`\nThe gateway was killed ${rounds} times while it took page views`)
  console.log(`  sent ${load.sent}, answered 202 ${load.accepted.length}, counted ${logged.length}`)
  if (lost.length > 0) throw new Error(`${lost.length} views that were answered 202 are lost: ${lost[0]}, …`)
  console.log('  each of the answered ones is among those that were counted')
}

async function keepViewing(url: string, pages: readonly string[], load: Load): Promise<void> {
  while (load.goesOn) {
    const n = load.sent++
    const host = `view-${n}.${load.name}.example`
    const body = JSON.stringify({ page: nth(pages, n), referrer: `https://${host}/` })
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
    }
    const answer = await fetch(new URL(gateway.recordPageView.path, url), { method: 'POST', headers, body }).catch(
      () => undefined,
    )
    await answer?.body?.cancel()
    if (answer?.status === 202) load.accepted.push(host)
    else await delay(50)
  }
}

/** The referrers of the views that analytics has logged, one for each. */
async function loggedViews({ services }: System, name: string): Promise<string[]> {
  const connection = await connectMongo(services.analytics.env['MONGODB_URI']!)
  try {
    const steps = [
      { $unwind: '$views' },
      { $match: { 'views.referrer': { $regex: `\\.${name}\\.example$` } } },
      { $project: { _id: 0, referrer: '$views.referrer' } },
    ]
    const found = connection.collection('view_log').aggregate<{ referrer: string }>(steps)
    return (await found.toArray()).map(({ referrer }) => referrer)
  } finally {
    await closeMongo(connection)
  }
}

async function counted(url: string, pages: readonly string[]): Promise<number> {
  const query = pages.map((page) => `page=${page}`).join('&')
  const { items } = (await (await fetch(new URL(`/v1/views?${query}`, url))).json()) as { items: { total: number }[] }
  return items.reduce((sum, { total }) => sum + total, 0)
}

const isReady = (url: string) =>
  fetch(new URL('/.well-known/security.txt', url)).then(
    ({ ok }) => ok,
    () => false,
  )

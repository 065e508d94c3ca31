import { setTimeout as delay } from 'node:timers/promises'
import { gateway } from '@mpics/contracts'
import { eventually } from '@mpics/testing/eventually'
import { isCaughtUp } from '../cost/jobs/page-view.js'
import { nth } from '../cost/scene/calls.js'
import type { Scene } from '../cost/scene/scene.js'
import type { StackBench } from '../measuring/bench.js'

const PAGES = 40
const CALLERS = 16
const BETWEEN_MS = 3_000
const CAUGHT_UP_MS = 120_000

/** Kills the gateway again and again while it takes views: each view that it answered 202 is counted in the end. */
export async function benchKilledGateway(scene: Scene, { rounds }: StackBench): Promise<void> {
  const { system, photoIds } = scene
  const pages = photoIds.slice(0, PAGES).map((id) => `/photos/${id}`)
  await eventually('all views to be counted', () => isCaughtUp(system.ports.analytics.ops), CAUGHT_UP_MS)
  const before = await counted(system.gatewayUrl, pages)
  const load = { sent: 0, accepted: 0, goesOn: true }
  const callers = Array.from({ length: CALLERS }, () => keepViewing(system.gatewayUrl, pages, load))
  for (let kill = 0; kill < rounds; kill++) {
    await delay(BETWEEN_MS * (0.5 + Math.random()))
    process.kill(system.services.gateway.pid!, 'SIGKILL')
    await eventually('the gateway to be back', () => isReady(system.gatewayUrl), CAUGHT_UP_MS)
  }
  await delay(BETWEEN_MS)
  load.goesOn = false
  await Promise.all(callers)
  const all = async () => (await counted(system.gatewayUrl, pages)) - before
  await eventually('each accepted view to be counted', async () => (await all()) >= load.accepted, CAUGHT_UP_MS)
  await eventually('all views to be counted', () => isCaughtUp(system.ports.analytics.ops), CAUGHT_UP_MS)
  console.log(`\nThe gateway was killed ${rounds} times while it took page views`)
  console.log(
    `  sent ${load.sent}, answered 202 ${load.accepted}, counted ${await all()}: none of the answered ones is lost`,
  )
}

async function keepViewing(
  url: string,
  pages: readonly string[],
  load: { sent: number; accepted: number; goesOn: boolean },
): Promise<void> {
  while (load.goesOn) {
    const body = JSON.stringify({ page: nth(pages, load.sent++) })
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
    }
    const answer = await fetch(new URL(gateway.recordPageView.path, url), { method: 'POST', headers, body }).catch(
      () => undefined,
    )
    await answer?.body?.cancel()
    if (answer?.status === 202) load.accepted++
    else await delay(50)
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

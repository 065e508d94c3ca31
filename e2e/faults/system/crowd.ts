import { setTimeout as delay } from 'node:timers/promises'
import { Requests } from '../load/requests.js'
import type { FaultySystem } from './faulty-system.js'

const PAGES = [
  ...['/', '/explore', '/policies/privacy', '/policies/terms'],
  ...['/help/cookies', '/help/counting', '/privacy/cookies', '/privacy/inventory'],
]
const AGAIN_MS = 1_000
const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }

/** Views so many pages in one moment that their tallies are saved together, again and again. */
export async function crowd({ system, history }: FaultySystem, over: AbortSignal): Promise<void> {
  const requests = new Requests(system.gatewayUrl, history)
  const view = (page: string) =>
    requests.command({ kind: 'view', page }, { method: 'POST', path: '/v1/page-views', body: { page }, headers })
  while (!over.aborted) {
    await Promise.all(PAGES.map(view))
    await delay(AGAIN_MS)
  }
}

import { gateway } from '@mpics/contracts'
import { createTopics } from '@mpics/eventing'
import { eventually } from '@mpics/testing/eventually'
import { caller, nth } from '../scene/calls.js'
import type { Side } from '../scene/job.js'
import type { Scene } from '../scene/scene.js'

const LOOK_MS = 250

/** A gateway knows for ten seconds that a page exists: so few come again within them. */
export const KNOWN = 100

const pageViews = (name: string, { system, pids }: Scene, photoIds: readonly string[]): Side => ({
  name,
  pids,
  settled: () => eventually('all views to be counted', () => isCaughtUp(system.ports.analytics.ops), 60_000, LOOK_MS),
  call: caller(system.gatewayUrl, 202, (n) => ({
    path: gateway.recordPageView.path,
    body: { page: `/photos/${nth(photoIds, n)}` },
  })),
})

export const distinctPageViews = (scene: Scene) => pageViews('views of distinct photos, counted', scene, scene.photoIds)
export const knownPageViews = (scene: Scene) =>
  pageViews('views of known photos, counted', scene, scene.photoIds.slice(0, KNOWN))

export async function isCaughtUp(opsPort: number): Promise<boolean> {
  const metrics = await (await fetch(`http://127.0.0.1:${opsPort}/metrics`)).text()
  const lags = [...metrics.matchAll(/^events_consumer_lag\{[^}]*page-view[^}]*\} (\d+)/gm)].map(([, lag]) =>
    Number(lag),
  )
  return lags.length > 0 && lags.every((lag) => lag === 0)
}

export async function barePageViews({ system, bare, pids }: Scene): Promise<Side> {
  const brokers = system.stack.kafkaBrokers
  const prefix = `${system.prefix}bare-`
  await createTopics({ brokers: brokers.split(','), prefix })
  const { pageViewRecorded } = gateway
  const record = { key: pageViewRecorded.example.page, value: JSON.stringify(pageViewRecorded.example) }
  const { url, pid } = await bare('page-view', { brokers, topic: `${prefix}${pageViewRecorded.topic.name}` })
  return {
    name: 'Fastify and kafkajs, acks=all',
    pids: { 'the program': pid, kafka: pids['kafka'] },
    call: caller(url, 202, () => ({ path: '/', body: { record } })),
  }
}

import { analytics, gateway } from '@mpics/contracts'
import { createTopics } from '@mpics/eventing'
import { eventually } from '@mpics/testing/eventually'
import type { System } from '../../../environment/system/system.js'
import { caller, nth } from '../scene/calls.js'
import type { Side } from '../scene/job.js'
import type { Scene } from '../scene/scene.js'

export const LOOK_MS = 250
const COUNTED_MS = 60_000

/** A gateway knows for ten seconds that a page exists: so few come again within them. */
export const KNOWN = 100

export const BATCH = 20

type Body = (n: number) => object

const pageViews = (name: string, { system, pids }: Scene, body: Body, perCall = 1): Side => ({
  name,
  pids,
  perCall,
  ...untilCounted(system),
  call: caller(system.gatewayUrl, 202, (n) => ({
    path: gateway.recordPageView.path,
    body: body(n),
  })),
})

export const pageOf = (photoIds: readonly string[], n: number) => ({ page: `/photos/${nth(photoIds, n)}` })

export const distinctPageViews = (scene: Scene) =>
  pageViews('views of distinct photos, counted', scene, (n) => pageOf(scene.photoIds, n))

export function knownPageViews(scene: Scene): Side {
  const known = scene.photoIds.slice(0, KNOWN)
  return pageViews('views of known photos, counted', scene, (n) => pageOf(known, n))
}

/** The body of the n-th call for many. */
export const batchOf = (photoIds: readonly string[], n: number) => ({
  views: Array.from({ length: BATCH }, (_, i) => pageOf(photoIds, n * BATCH + i)),
})

export function batchedPageViews(scene: Scene): Side {
  const known = scene.photoIds.slice(0, KNOWN)
  return pageViews(`${BATCH} views of known photos a call, counted`, scene, (n) => batchOf(known, n), BATCH)
}

/** Views are counted when analytics has no more to read; afterwards photos are ranked by what it has told. */
export const untilCounted = ({ ports }: System): Pick<Side, 'done' | 'settled'> => ({
  done: () => eventually('all views to be counted', () => isCaughtUp(ports.analytics.ops), COUNTED_MS, LOOK_MS),
  settled: () => eventually('all photos to be ranked', () => areRanked(ports), COUNTED_MS, LOOK_MS),
})

export async function isCaughtUp(opsPort: number, topic = gateway.pageViewRecorded.topic.name): Promise<boolean> {
  const lags = await metricsOf(opsPort, `events_consumer_lag\\{[^}]*topic="[^"]*${topic}"[^}]*\\}`)
  return lags.length > 0 && lags.every((lag) => lag === 0)
}

async function areRanked({ analytics: { ops }, media }: System['ports']): Promise<boolean> {
  const [unpublished] = await metricsOf(ops, 'events_outbox_oldest_seconds')
  return unpublished === 0 && isCaughtUp(media.ops, analytics.viewTotalUpdated.topic.name)
}

async function metricsOf(opsPort: number, metric: string): Promise<number[]> {
  const metrics = await (await fetch(`http://127.0.0.1:${opsPort}/metrics`)).text()
  return [...metrics.matchAll(new RegExp(`^${metric} ([\\d.e+-]+)$`, 'gm'))].map(([, value]) => Number(value))
}

export const barePageViews = (scene: Scene) => bareViews(scene, 1)
export const bareBatches = (scene: Scene) => bareViews(scene, BATCH)

async function bareViews({ system, bare, pids }: Scene, perCall: number): Promise<Side> {
  const brokers = system.stack.kafkaBrokers
  const prefix = `${system.prefix}bare-`
  await createTopics({ brokers: brokers.split(','), prefix })
  const { pageViewRecorded } = gateway
  const record = () => ({ key: pageViewRecorded.example.page, value: JSON.stringify(pageViewRecorded.example) })
  const records = Array.from({ length: perCall }, record)
  const { url, pid } = await bare('page-view', { brokers, topic: `${prefix}${pageViewRecorded.topic.name}` })
  return {
    name: perCall === 1 ? 'Fastify and kafkajs, acks=all' : `Fastify and kafkajs, ${perCall} records a call`,
    perCall,
    pids: { 'the program': pid, kafka: pids['kafka'] },
    call: caller(url, 202, () => ({ path: '/', body: { records } })),
  }
}

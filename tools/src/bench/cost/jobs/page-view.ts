import { gateway } from '@mpics/contracts'
import { createTopics } from '@mpics/eventing'
import { eventually } from '@mpics/testing/eventually'
import { caller, nth } from '../scene/calls.js'
import type { Side } from '../scene/job.js'
import type { Scene } from '../scene/scene.js'

const LOOK_MS = 250

/** A gateway knows for ten seconds that a page exists: so few come again within them. */
export const KNOWN = 100

export const BATCH = 20

type Body = (n: number) => object

const pageViews = (name: string, { system, pids }: Scene, body: Body, perCall = 1): Side => ({
  name,
  pids,
  perCall,
  settled: () => eventually('all views to be counted', () => isCaughtUp(system.ports.analytics.ops), 60_000, LOOK_MS),
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

export async function isCaughtUp(opsPort: number): Promise<boolean> {
  const metrics = await (await fetch(`http://127.0.0.1:${opsPort}/metrics`)).text()
  const lags = [...metrics.matchAll(/^events_consumer_lag\{[^}]*page-view[^}]*\} (\d+)/gm)].map(([, lag]) =>
    Number(lag),
  )
  return lags.length > 0 && lags.every((lag) => lag === 0)
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

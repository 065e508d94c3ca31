import 'reflect-metadata'
import { randomUUID } from 'node:crypto'
import { NestFactory } from '@nestjs/core'
import { Module } from '@nestjs/common'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { EventingModule, createTopics, AggregateStore, Outbox, On, EventConsumer, EventServer } from '@mpics/eventing'
import { MongoModule, Connection } from '@mpics/mongo'
import { defineEvent, defineTopic, days, field, decide } from '@mpics/contracts'
import { z } from 'zod'
import { createKafka } from '../dist/kafka/kafka-client.js'
import { toRecord } from '../dist/envelope/record.js'
import { withAdmin } from '../dist/topics/topics.js'
const t = (s) => field(s, { classification: 'technical', purpose: 'administration' })
const topic = defineTopic({ name: 'kitchen.order', partitions: 6, retention: days(1), publishers: ['identity'] })
const ev = defineEvent({ type: 'kitchen.order.placed.v1', topic, summary: 's', key: 'orderId', data: { orderId: t(z.string()), n: t(z.int()), at: t(z.number()) }, example: { orderId: 'a', n: 1, at: 1 } })
const mode = process.argv[2]
const access = { brokers: ['127.0.0.1:19092'], prefix: `m${randomUUID().slice(0, 6)}.` }
await createTopics(access, { catalogue: { topics: [topic], consumers: [{ service: 'profiles', event: ev, delivery: 'shared' }] } })
const db = `measure-${randomUUID().slice(0, 6)}`
const uri = `mongodb://127.0.0.1:27118/${db}?replicaSet=rs0`
const lat = []
async function app(controllers = [], service = 'identity') {
  class M {}
  Module({ imports: [MongoModule.forRoot(uri), EventingModule.forRoot({ service, ...access })], controllers })(M)
  const app = await NestFactory.create(M, new FastifyAdapter(), { logger: ['error'] })
  const store = service === 'identity' ? new AggregateStore(app.get(Connection), { collection: 'orders', schema: { n: Number, at: Number, name: String }, outbox: app.get(Outbox) }) : undefined
  if (controllers.length) { app.connectMicroservice({ strategy: app.get(EventServer) }); await app.startAllMicroservices() }
  await app.init()
  return { app, store, outbox: app.get(Outbox) }
}
const pct = (a, p) => a.sort((x, y) => x - y)[Math.floor(a.length * p)]?.toFixed(2)
const data = (id, n) => ({ orderId: id, n, at: performance.timeOrigin + performance.now() })
if (mode === 'relay') {
  const N = 30000
  // bare kafkajs
  const p = createKafka(access).producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false }); await p.connect()
  const recs = Array.from({ length: N }, (_, i) => toRecord('identity', { id: randomUUID(), type: ev.type, subject: `k${i % 300}`, time: new Date().toISOString(), seq: 1, data: data(`k${i % 300}`, i) }))
  for (const round of [1, 2]) { const b0 = performance.now(); for (let i = 0; i < N; i += 1000) await p.sendBatch({ acks: -1, topicMessages: [{ topic: access.prefix + 'kitchen.order', messages: recs.slice(i, i + 1000) }] }); console.log('bare kafkajs', Math.round(N / (performance.now() - b0) * 1000) + '/s') }
  await p.disconnect()
  // fill the outbox first, without a relay
  const c = (await import('@mpics/mongo')).connectMongo; const conn = await c(uri)
  const docs = Array.from({ length: N / 10 }, (_, i) => ({ _id: `o${i}`, n: 1, version: 10, _outbox: Array.from({ length: 10 }, (_, j) => ({ id: randomUUID(), type: ev.type, subject: `o${i}`, seq: j + 1, time: new Date().toISOString(), data: data(`o${i}`, j) })) }))
  const docs1 = Array.from({ length: N }, (_, i) => ({ _id: `s${i}`, n: 1, version: 1, _outbox: [{ id: randomUUID(), type: ev.type, subject: `s${i}`, seq: 1, time: new Date().toISOString(), data: data(`s${i}`, 1) }] }))
  for (const [name, set] of [['10 events a document', docs], ['1 event a document', docs1]]) {
    await conn.db.collection('orders').insertMany(set)
    const r0 = performance.now(); const { app: a, outbox } = await app()
    const start = performance.now()
    while (await outbox.pending() > 0) await new Promise(r => setTimeout(r, 20))
    console.log('relay drains', name, Math.round(N / (performance.now() - start) * 1000) + '/s')
    await a.close()
  }
  await conn.dropDatabase(); await conn.close()
}
if (mode === 'live') { // throughput live: saves as fast as possible
  const { app: a, store, outbox } = await app(); await new Promise(r => setTimeout(r, 500))
  const N = 10000; for (let i = 0; i < 200; i++) await store.insert(decide({ id: `k${i}`, n: 0 }))
  const saveWith = async (events) => { const s = performance.now(); let i = 0; await Promise.all(Array.from({ length: 16 }, async (_, w) => { while (i < N) { const n = i++; const id = `k${(n % 12) * 16 + w}`; await store.change(id, (s) => decide({ ...s, n }, ...(events ? [ev.of(data(id, n))] : [])), () => new Error('x')) } })); return N / (performance.now() - s) * 1000 }
  for (const r of [1, 2]) { console.log('saves/s without event', Math.round(await saveWith(false))); console.log('saves/s with event', Math.round(await saveWith(true))); while (await outbox.pending() > 0) await new Promise(r => setTimeout(r, 20)) }
  await a.get(Connection).dropDatabase(); await a.close()
}
if (mode === 'e2e') {
  const C = class C { async handle({ data }) { lat.push(performance.timeOrigin + performance.now() - data.at) } }
  On(ev, { idempotence: 'natural' })(C.prototype, 'handle', Object.getOwnPropertyDescriptor(C.prototype, 'handle')); EventConsumer()(C)
  const cons = await app([C], 'profiles')
  const reps = [await app(), await app()]
  for (let i = 0; i < 300; i++) await reps[0].store.insert(decide({ id: `k${i}`, n: 0 }))
  await new Promise(r => setTimeout(r, 1500))
  const RATE = Number(process.argv[3] ?? 500), SECS = 10
  const c0 = process.cpuUsage()
  let n = 0, n0 = 0; const start = performance.now(); const all = []
  while (performance.now() - start < SECS * 1000) {
    const due = Math.floor((performance.now() - start) / 1000 * RATE)
    while (n < due) { const i = n++; const id = `k${i % 300}`; const at = { at: 0 }
      all.push(reps[i % 2].store.change(id, (s) => decide({ ...s, n: i }, ev.of(data(id, i))), () => new Error('x')).catch(() => { n0++ })) }
    await new Promise(r => setTimeout(r, 1))
  }
  await Promise.all(all); while (lat.length < n - n0) await new Promise(r => setTimeout(r, 10))
  const c = process.cpuUsage(c0)
  console.log(`e2e ${RATE}/s n=${n} failed ${n0} (decision → handler done, save included) p50 ${pct(lat, 0.5)} p90 ${pct(lat, 0.9)} p99 ${pct(lat, 0.99)} max ${pct(lat, 0.9999)} ms; cpu of all three in one process ${((c.user + c.system) / 1e4 / SECS / 100).toFixed(0)} %`)
  await new Promise(r => setTimeout(r, 2000)); const i0 = process.cpuUsage(); await new Promise(r => setTimeout(r, 20000)); const i = process.cpuUsage(i0); console.log('idle % of a core, three services together', ((i.user + i.system) / 20e6 * 100).toFixed(2))
  await reps[0].app.get(Connection).dropDatabase()
  for (const x of [cons, ...reps]) await x.app.close()
}
await withAdmin(access, async (a) => a.deleteTopics({ topics: (await a.listTopics()).filter((x) => x.startsWith(access.prefix)) }))
process.exit(0)

import 'reflect-metadata'
import { randomUUID } from 'node:crypto'
import { NestFactory } from '@nestjs/core'
import { Module, Controller } from '@nestjs/common'
import { Transport, EventPattern } from '@nestjs/microservices'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { EventingModule, EventServer, EventConsumer, On, OnBatch, createTopics, EventWriter } from '@mpics/eventing'
import { defineEvent, defineTopic, days, field } from '@mpics/contracts'
import { z } from 'zod'
const t = (s) => field(s, { classification: 'technical', purpose: 'administration' })
const topic = defineTopic({ name: 'kitchen.order', partitions: 6, retention: days(1), publishers: ['identity'] })
const ev = defineEvent({ type: 'kitchen.order.placed.v1', topic, summary: 's', key: 'orderId', data: { orderId: t(z.string()), n: t(z.int()) }, example: { orderId: 'a', n: 1 } })
const N = Number(process.argv[2] ?? 20000), MS = Number(process.argv[3] ?? 2), which = process.argv[4] ?? 'ours'
const access = { brokers: ['127.0.0.1:19092'], prefix: `m${randomUUID().slice(0, 6)}.` }
await createTopics(access, { catalogue: { topics: [topic], consumers: [{ service: 'profiles', event: ev, delivery: 'shared' }] } })
const w = await EventWriter.connect(access)
for (let i = 0; i < N; i += 1000) await w.records('kitchen.order', Array.from({ length: 1000 }, (_, j) => ({ key: `k${(i + j) % 300}`, value: JSON.stringify({ orderId: `k${(i + j) % 300}`, n: i + j }), headers: { ce_id: randomUUID(), ce_type: ev.type, ce_source: 'x', ce_subject: 'k', ce_time: new Date().toISOString(), ce_sequence: '1' } })))
await w.close()
let seen = 0, first, done; const finished = new Promise((r) => (done = r))
const tick = () => { first ??= performance.now(); if (++seen === N) done() }
let C
if (which === 'nest') {
  C = class C { async handle() { if (MS) await new Promise((r) => setTimeout(r, MS)); tick() } }
  EventPattern(access.prefix + 'kitchen.order')(C.prototype, 'handle', Object.getOwnPropertyDescriptor(C.prototype, 'handle'))
  Controller()(C)
} else if (which === 'batch') {
  C = class C { async handle(events) { for (const _ of events) tick() } }
  OnBatch(ev, { idempotence: 'natural' })(C.prototype, 'handle', Object.getOwnPropertyDescriptor(C.prototype, 'handle'))
  EventConsumer()(C)
} else {
  C = class C { async handle() { if (MS) await new Promise((r) => setTimeout(r, MS)); tick() } }
  On(ev, { idempotence: 'natural' })(C.prototype, 'handle', Object.getOwnPropertyDescriptor(C.prototype, 'handle'))
  EventConsumer()(C)
}
class M {}
Module({ imports: which === 'nest' ? [] : [EventingModule.forRoot({ service: 'profiles', ...access })], controllers: [C] })(M)
const app = await NestFactory.create(M, new FastifyAdapter(), { logger: ['error'] })
if (which === 'nest') app.connectMicroservice({ transport: Transport.KAFKA, options: { client: { brokers: access.brokers, logLevel: 0 }, consumer: { groupId: access.prefix + 'n', maxWaitTimeInMs: 500 }, subscribe: { fromBeginning: true }, run: { partitionsConsumedConcurrently: 6 } } })
else app.connectMicroservice({ strategy: app.get(EventServer) })
await app.startAllMicroservices(); await app.init()
const c0 = process.cpuUsage()
await finished
const c = process.cpuUsage(c0)
const ms = performance.now() - first
console.log(which, MS + 'ms', N, Math.round(N / ms * 1000) + '/s', 'cpu µs/msg', ((c.user + c.system) / N).toFixed(1), 'rss MB', Math.round(process.memoryUsage().rss / 1e6))
if (process.argv[5] === 'idle') { await new Promise(r => setTimeout(r, 3000)); const i0 = process.cpuUsage(); await new Promise(r => setTimeout(r, 20000)); const i = process.cpuUsage(i0); console.log('idle % of a core', ((i.user + i.system) / 20e6 * 100).toFixed(2)) }
await app.close()
const { withAdmin } = await import('../dist/topics/topics.js')
await withAdmin(access, async (a) => a.deleteTopics({ topics: (await a.listTopics()).filter((x) => x.startsWith(access.prefix)) }))
process.exit(0)

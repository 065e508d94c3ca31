// The least that counts each view once, by page, day and hour, and keeps it so that more can be counted: the views of a moment, all that they change and
// the place up to which they were read are one transaction.
import type { gateway } from '@mpics/contracts'
import { connectMongo } from '@mpics/mongo'
import Fastify from 'fastify'
import type { KafkaMessage } from 'kafkajs'
import { settings } from '../../roles/answer.js'
import { serve } from '../serve.js'
import { endAbandoned } from './abandoned.js'
import { bus } from './bus.js'
import { Counting } from './counting.js'
import { moments } from './moments.js'
import { reading } from './reading.js'
import { loggedView, type View } from './view.js'
import { prepareLog } from './view-log.js'

/** Of the two seconds within which a view counts. */
const APART_MS = 500
/** Analysts see an hour that goes on so late. */
const HOURS_MS = 5_000
/** A process that died within a transaction holds up others no longer than twice this. */
const ABANDONED_MS = 2_000

const { uri, brokers, topic, totals, key } = settings<Record<'uri' | 'brokers' | 'topic' | 'totals' | 'key', string>>()
const connection = await connectMongo(uri, { appName: topic })
await prepareLog(connection.db!)
const counting = new Counting(connection)
const kafka = bus(brokers)
const consumer = kafka.consumer(`${topic}-floor`, APART_MS)
const producer = kafka.producer()
const read = reading(consumer)
let [counted, announced, hoursDue] = [0, 0, 0]

/** Totals are told after they are written, and again when views come again: nothing else has to remember that they were not. */
const count = moments(async (views: View[]) => {
  if (views.length > 0) await countAndTell(views)
  if (performance.now() < hoursDue) return
  hoursDue = performance.now() + HOURS_MS
  await counting.saveHours().catch(tell)
}, APART_MS)

/** Its views are counted: hours alone are saved again. */
const tell = (error: unknown): void => console.error('the hours are not saved', error)

async function countAndTell(views: View[]): Promise<void> {
  const told = await counting.count(views)
  const messages = told.map((total) => ({ key: total.page, value: JSON.stringify(total) }))
  await producer.send({ topic: totals, acks: -1, messages })
  announced += messages.length
  counted += views.length
}

await Promise.all([consumer.connect(), producer.connect()])
await consumer.subscribe({ topic, fromBeginning: true })
await consumer.run({
  autoCommit: false,
  partitionsConsumedConcurrently: 12,
  eachBatch: async ({ batch }) => {
    const { partition } = batch
    const viewOf = ({ value, offset }: KafkaMessage): View => {
      const recorded = JSON.parse(value!.toString()) as typeof gateway.pageViewRecorded.example
      return { page: recorded.page, partition, offset: Number(offset), logged: loggedView(recorded, key) }
    }
    await count(...batch.messages.map(viewOf))
    read(batch)
  },
})
setInterval(() => void count().catch(() => {}), HOURS_MS)
setInterval(() => void endAbandoned(connection).catch(() => {}), ABANDONED_MS)

const app = Fastify()
app.get('/', async () => String(counted))
app.get('/announced', async () => String(announced))
await serve(app)

import { randomUUID } from 'node:crypto'
import { DAY_MS } from '@mpics/contracts/durations'
import { untilMails } from '@mpics/testing'
import { DueEmailRepository } from '../src/emails/due-email.repository.js'
import { follows } from './setup/peers-harness.js'
import { NotificationsHarness } from './setup/notifications-harness.js'

/** An entry of MongoDB's profiler. */
interface Query {
  op: string
  ns: string
  planSummary?: string
  docsExamined?: number
  command: { find?: string; aggregate?: string; q?: object }
}

const MANY = 3_000

describe('every query among many mails uses an index', () => {
  let notifications: NotificationsHarness
  beforeAll(async () => {
    notifications = await NotificationsHarness.open()
  })
  afterAll(() => notifications.close())

  /** Mails of one reader and of many, most of them long sent, some due later. */
  async function fill(accountId: string) {
    const documents = Array.from({ length: MANY }, (_, i) => {
      const queued = i % 3 === 0
      const createdAt = new Date(Date.now() - i * 1_000)
      return {
        _id: randomUUID(),
        accountId: i % 2 ? accountId : randomUUID(),
        kind: 'follow',
        category: 'follows',
        cause: 'profiles.follow.started.v1',
        parameters: { actorId: randomUUID() },
        status: queued ? 'queued' : 'sent',
        reason: null,
        attempts: 1,
        createdAt,
        wantedAt: createdAt,
        dueAt: new Date(Date.now() + DAY_MS),
        lease: null,
        finishedAt: queued ? null : createdAt,
        version: 1,
      }
    })
    await notifications.database.collection<{ _id: string }>('emails').insertMany(documents)
  }

  it('taking, sending, counting and listing', async () => {
    const { peers, service, database } = notifications
    const [reader, follower] = [peers.join(), peers.join()]
    await fill(reader.id)
    await database.command({ profile: 2, slowms: 0 })
    await service.publish(follows(follower, reader))
    await untilMails(reader.email)
    const first = await service.as(reader.id).get('/v1/me/mails?limit=20').expect(200)
    await service.as(reader.id).get(`/v1/me/mails?limit=20&cursor=${first.body.nextCursor}`).expect(200)
    await service.untilIdle()
    // what others queued is looked for now and then; what is queued here is taken by its id
    await service.get(DueEmailRepository).take('prompt', new Date(), 1)
    await database.command({ profile: 0 })
    const queries = await database
      .collection<Query>('system.profile')
      .find({
        ns: `${database.databaseName}.emails`,
        op: { $in: ['query', 'update', 'command'] },
        planSummary: { $exists: true },
      })
      .toArray()
    const plans = new Set(queries.map(({ planSummary }) => planSummary))
    const expected = [
      '{ bulk: 1, dueAt: 1 }',
      '{ accountId: 1, createdAt: -1, _id: -1 }',
      '{ accountId: 1, parameters.actorId: 1, createdAt: 1 }',
    ]
    for (const keys of expected) expect([...plans].join()).toContain(`IXSCAN ${keys}`)
    expect(queries.filter(({ planSummary }) => planSummary?.includes('COLLSCAN'))).toEqual([])
    for (const { docsExamined, planSummary } of queries)
      expect({ planSummary, few: (docsExamined ?? 0) <= 42 }).toEqual({ planSummary, few: true })
  })
})

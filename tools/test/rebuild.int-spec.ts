import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { identity } from '@mpics/contracts'
import { createTopics, deleteTopics, EventWriter } from '@mpics/eventing'
import { root } from '../src/environment/root.js'
import { closeMongo, type Connection, connectMongo } from '@mpics/mongo'
import { freePorts } from '../src/environment/servers/ports.js'
import { eventually } from '@mpics/testing/eventually'
import { runNode } from '@mpics/testing'
import { NotificationsProcess } from './setup/notifications.js'

/** Four batches: one that pauses after each is in the middle for as long as a slow machine needs. */
const PEOPLE = 2_000

jest.setTimeout(360_000)

describe('mpics projections, with a service as a process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mpics-rebuild-'))
  const prefix = `rebuild-${randomUUID().slice(0, 8)}.`
  const access = { brokers: process.env['KAFKA_BROKERS']!.split(','), prefix }
  let service: NotificationsProcess
  let database: Connection
  let environment: Record<string, string>

  const mpics = (args: string[], env: NodeJS.ProcessEnv) => runNode(join(root, 'apps/mpics/dist/main.js'), args, env)
  const run = (command: string) => mpics(command.split(' '), environment)
  const consents = () => database.collection<{ _id: string } & Record<string, unknown>>('consents')
  const idOf = (i: number) => `01931f3e-0000-7000-8000-${String(i).padStart(12, '0')}`
  const keyOf = (i: number) => `${idOf(i)}:email-news`
  const kept = async () =>
    Object.fromEntries((await consents().find().toArray()).map(({ _id, ...rest }) => [_id, rest]))
  const truth = Object.fromEntries(
    [...Array(PEOPLE).keys()].map((i) => [keyOf(i), { granted: i % 3 > 0, sequence: 2 }]),
  )

  beforeAll(async () => {
    await createTopics(access)
    const writer = await EventWriter.connect(access)
    for (const sequence of [1, 2])
      await writer.records(
        'identity.consent',
        [...Array(PEOPLE).keys()].map((i) => ({
          key: keyOf(i),
          value: JSON.stringify({
            ...identity.consentChanged.example,
            accountId: idOf(i),
            purpose: 'email-news',
            granted: sequence === 1 || i % 3 > 0,
          }),
          headers: {
            ce_id: `${i}-${sequence}`,
            ce_type: identity.consentChanged.type,
            ce_subject: keyOf(i),
            ce_sequence: `${sequence}`,
          },
        })),
      )
    await writer.close()
    const [http, ops] = (await freePorts(2)) as [number, number]
    service = await NotificationsProcess.prepare(folder, prefix, { http, ops })
    environment = { MPICS_DATA: folder, NOTIFICATIONS_OPS_PORT: String(ops) }
    database = await connectMongo(service.environment['MONGODB_URI']!)
    await service.start()
    const projected = async () => (await consents().countDocuments({ sequence: 2 })) === PEOPLE
    await eventually('every consent to be projected', projected, 150_000)
  })
  afterAll(async () => {
    await service.kill()
    await database.dropDatabase()
    await closeMongo(database)
    await deleteTopics(access)
    rmSync(folder, { recursive: true })
  })

  async function wreck(): Promise<void> {
    await consents().deleteMany({ _id: { $gte: keyOf(PEOPLE - 100) } })
    await consents().updateMany({ _id: { $lt: keyOf(10) } }, { $set: { granted: true, sequence: 50 } })
    await consents().insertOne({ _id: 'nobody', granted: true, sequence: 1 })
  }

  it('lists what there is, and makes it anew', async () => {
    await wreck()
    expect(JSON.parse((await run('projections list notifications --json')).out)).toMatchObject([
      { service: 'notifications', name: 'consents', source: 'topic identity.consent', rebuilt: 'never' },
    ])
    expect(await run('projections rebuild notifications consents')).toEqual({
      code: 0,
      err: '',
      out: 'notifications consents: done, 1,901 were there, 2,000 read, 100 added, 10 mended, 1 removed\n',
    })
    expect(await kept()).toEqual(truth)
    expect((await run('projections list notifications')).out).toMatch(
      /consents +topic identity\.consent +identity\.consent +done .* operator /,
    )
  })

  it('a service that dies in the middle has harmed nothing; a second order meanwhile is told so; the next one ends it', async () => {
    await wreck()
    await service.kill()
    await service.start({ FAULT: 'rebuild.afterBatch:pause' })
    const first = run('projections rebuild notifications consents --json')
    await eventually('the rebuild to be in the middle', async () => {
      const { out } = await run('projections list notifications --json')
      const [{ rebuild }] = JSON.parse(out) as [{ rebuild: { state: string; read: number } }]
      return rebuild.state === 'running' && rebuild.read >= 500
    })
    expect(await run('projections rebuild notifications consents')).toEqual({
      code: 1,
      out: '',
      err: expect.stringMatching(/^mpics: notifications: consents is being rebuilt already: begun by operator at /),
    })
    await service.kill()
    await service.start()
    const broken = await first
    expect(broken.code).toBe(1)
    expect(broken.err).toBe('mpics: the service ended in the middle; nothing is worse than before: rebuild again\n')
    expect(JSON.parse(broken.out)).toMatchObject({ state: 'interrupted', phase: 'confirming', removed: 0 })
    expect(await consents().countDocuments()).toBeGreaterThanOrEqual(PEOPLE - 100)

    const again = await run('projections rebuild notifications consents --json')
    expect({ code: again.code, ...(JSON.parse(again.out) as object) }).toMatchObject({
      code: 0,
      state: 'done',
      removed: 1,
    })
    expect(await kept()).toEqual(truth)
    const collections = await database.listCollections()
    expect(collections.map(({ name }) => name).filter((name) => name.startsWith('_snapshot'))).toEqual([])
  })

  it.each(['rebuild.afterMark', 'rebuild.beforeSweep'])('a death at %s has harmed nothing either', async (point) => {
    await wreck()
    await service.kill()
    await service.start({ FAULT: `${point}:kill` })
    const broken = run('projections rebuild notifications consents')
    await service.ended()
    await service.start()
    expect((await broken).code).toBe(1)
    expect((await run('projections rebuild notifications consents')).code).toBe(0)
    expect(await kept()).toEqual(truth)
  })

  it('tells what is wrong: an unknown projection, an operator who is not known, a service that is away', async () => {
    const refused = (err: string) => ({ code: 1, out: '', err: expect.stringContaining(err) })
    expect(await run('projections rebuild notifications mails')).toEqual(
      refused('notifications: There is no projection mails here; there are: consents.'),
    )
    const stranger = mkdtempSync(join(folder, 'stranger-'))
    await NotificationsProcess.prepare(stranger, prefix, { http: 1, ops: 1 })
    expect(await mpics(['projections', 'list', 'notifications'], { ...environment, MPICS_DATA: stranger })).toEqual(
      refused('notifications does not know the operator operator: see its OPERATOR_PUBLIC_KEYS'),
    )
    expect(await run('projections list media --url http://127.0.0.1:1')).toEqual(
      refused('media does not answer at http://127.0.0.1:1: is it running'),
    )
  })
})

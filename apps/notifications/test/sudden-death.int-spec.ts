import { randomUUID } from 'node:crypto'
import { identity, notifications } from '@mpics/contracts'
import { consumers, topics } from '@mpics/contracts/catalogue'
import { connectMongo, closeMongo } from '@mpics/mongo'
import { createTopics, deleteTopics, EventWriter, readTopic } from '@mpics/eventing'
import { eventually, kafkaAccess } from '@mpics/testing'
import { PeersHarness } from './setup/peers-harness.js'
import { Replica, replicaEnvironment } from './setup/replica.js'
import { ScriptedMailServer } from './setup/scripted-mail-server.js'

const name = `test-notifications-${randomUUID().slice(0, 8)}`
const access = kafkaAccess(`${name}.`)

let server: ScriptedMailServer
let peers: PeersHarness
let writer: EventWriter
let environment: Record<string, string>
let running: Replica | undefined

beforeAll(async () => {
  server = await ScriptedMailServer.listen()
  peers = await PeersHarness.open()
  const heard = consumers.filter((c) => c.service === 'notifications')
  await createTopics(access, { catalogue: { topics, consumers: heard } })
  writer = await EventWriter.connect(access)
  environment = { ...replicaEnvironment(name, access), ...peers.environment(server.url) }
})
afterAll(async () => {
  await running?.kill()
  await Promise.all([writer.close(), server.close(), peers.services.stop()])
  const connection = await connectMongo(environment['MONGODB_URI']!)
  await connection.dropDatabase()
  await closeMongo(connection)
  await deleteTopics(access)
})

const sentFacts = async (accountId: string) =>
  (await readTopic(access, notifications.emailSent.topic.name)).filter(
    ({ headers, value }) => headers['ce_type'] === notifications.emailSent.type && value?.includes(accountId),
  )

describe('kill -9 of the process that sends', () => {
  it('loses no mail; one that died between the 250 and the record sends it again, with the same Message-ID', async () => {
    const person = peers.join()
    const ids = () => server.to(person.email).map(({ messageId }) => messageId)
    await writer.event(identity.passwordChanged.of({ accountId: person.id, changedAt: '2026-01-31T12:00:00.000Z' }))
    running = Replica.start(environment, 'mail.beforeSend:kill')
    expect(await running.ended()).toBe('SIGKILL')
    expect(ids()).toEqual([])
    running = Replica.start(environment, 'mail.afterSend:kill')
    expect(await running.ended()).toBe('SIGKILL')
    expect(ids()).toHaveLength(1)
    expect(await sentFacts(person.id)).toEqual([])
    running = Replica.start(environment)
    await eventually(async () => (await sentFacts(person.id)).length === 1)
    expect(ids()).toHaveLength(2)
    expect(new Set(ids()).size).toBe(1)
  })
})

import { randomUUID } from 'node:crypto'
import { identity } from '@mpics/contracts'
import { consumers, topics } from '@mpics/contracts/catalogue'
import { createTopics, deleteTopics, EventWriter } from '@mpics/eventing'
import { closeMongo, type Connection, connectMongo } from '@mpics/mongo'
import { eventually, kafkaAccess } from '@mpics/testing'
import { PeersHarness } from './setup/peers-harness.js'
import { Replica, replicaEnvironment } from './setup/replica.js'
import { ScriptedMailServer } from './setup/scripted-mail-server.js'

const name = `test-notifications-${randomUUID().slice(0, 8)}`
const access = kafkaAccess(`${name}.`)
const PEOPLE = 620

describe('kill -9 while everybody is told of a policy', () => {
  let server: ScriptedMailServer
  let peers: PeersHarness
  let writer: EventWriter
  let environment: Record<string, string>
  let connection: Connection
  let running: Replica[] = []

  beforeAll(async () => {
    server = await ScriptedMailServer.listen()
    peers = await PeersHarness.open()
    const heard = consumers.filter((c) => c.service === 'notifications')
    await createTopics(access, { catalogue: { topics, consumers: heard } })
    writer = await EventWriter.connect(access)
    environment = { ...replicaEnvironment(name, access), ...peers.environment(server.url) }
    connection = await connectMongo(environment['MONGODB_URI']!)
  })
  afterAll(async () => {
    await Promise.all(running.map((replica) => replica.kill()))
    await Promise.all([writer.close(), server.close(), peers.services.stop()])
    await connection.dropDatabase()
    await closeMongo(connection)
    await deleteTopics(access)
  })

  const campaigns = () => connection.collection('campaigns').find().toArray()

  it('B26 everybody gets one mail, though the work breaks off after a page, between two, and before a mail', async () => {
    const people = Array.from({ length: PEOPLE }, () => peers.join())
    const effectiveAt = new Date(Date.now() + 86_400_000).toISOString()
    await writer.event(identity.policyPublished.of({ document: 'terms', version: 'v2', effectiveAt }))
    const first = Replica.start(environment, 'campaign.afterQueue:kill')
    expect(await first.ended()).toBe('SIGKILL')
    expect(await campaigns()).toMatchObject([{ status: 'running', after: null, queued: 0 }])
    const second = Replica.start(environment, 'mail.beforeSend:kill')
    expect(await second.ended()).toBe('SIGKILL')
    running = [Replica.start(environment)]
    await eventually(() => server.received.length > 20)
    await running[0]!.kill()
    running = [Replica.start(environment), Replica.start(environment)]
    await eventually(async () => {
      const waiting = await connection.collection('emails').countDocuments({ status: { $ne: 'sent' } })
      const [campaign] = await campaigns()
      return campaign?.['status'] === 'finished' && waiting === 0
    })
    expect(await campaigns()).toMatchObject([{ queued: PEOPLE, after: null, lease: null }])
    expect(await connection.collection('emails').countDocuments()).toBe(PEOPLE)
    const ids = people.map(({ email }) => new Set(server.to(email).map(({ messageId }) => messageId)).size)
    expect(ids).toEqual(people.map(() => 1))
    // each process that is killed between the server’s 250 and its record sends its mails of that moment again, as the same ones
    const again = server.received.length - PEOPLE
    expect(again).toBeLessThanOrEqual(10)
  })
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gateway, identity as identityContracts } from '@mpics/contracts'
import { analysts, topics } from '@mpics/contracts/catalogue'
import {
  addAnalyst,
  applyRights,
  busRights,
  checkKafka,
  createKafka,
  createTopics,
  DeadLetters,
  diffRights,
  EventingState,
  EventPublisher,
  EventWriter,
  type KafkaAccess,
  listAnalysts,
  OPERATOR,
  readTopic,
  removeAnalyst,
  topicPlan,
} from '@mpics/eventing'
import { Connection } from '@mpics/mongo'
import { nodeProgram, root } from '../src/environment/root.js'
import { run } from '../src/environment/run.js'
import { databaseUri } from '../src/environment/system/environment.js'
import { serviceNames } from '../src/environment/system/services.js'
import { ADMIN } from '../src/environment/servers/secured-kafka.js'
import { type SecuredKafka, startSecuredKafka } from '../src/environment/servers/start-secured-kafka.js'
import { ephemeralCa } from '../src/environment/servers/ephemeral-ca.js'
import { eventually } from '@mpics/testing/eventually'
import { Attempts, type Outcome } from './secured/attempt.js'
import { Decoder, Door, type Part, type PartOptions, Pictures, startPart, taken } from './secured/studio.js'

const folder = mkdtempSync(join(tmpdir(), 'mpics-secured-'))
const mongodb = databaseUri(process.env['MONGODB_URI']!, `secured-${process.pid}`)
const principals = [...serviceNames, ...analysts.map(({ name }) => name), OPERATOR]
const parts: Part[] = []
let kafka: SecuredKafka
let database: Part | undefined

const as = (account: string, prefix: string): KafkaAccess => ({ ...kafka.access(account), prefix })
const start = async (options: PartOptions) => {
  const part = await startPart(options)
  parts.push(part)
  return part
}

beforeAll(async () => {
  kafka = await startSecuredKafka(folder, [...principals, 'stranger'])
  for (const prefix of ['matrix.', 'path.']) await createTopics({ ...kafka.access(), prefix })
})

afterAll(async () => {
  await database?.app.get(Connection).dropDatabase()
  await Promise.all(parts.map(({ app }) => app.close()))
  await kafka?.server.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('rights on a broker with an authoriser', () => {
  it('are given as the catalogue says; a second time there is nothing left to do', async () => {
    const access = { ...kafka.access(), prefix: 'path.' }
    const wanted = busRights('path.').flatMap(({ operations }) => operations)
    expect(await diffRights(access)).toHaveLength(wanted.length)
    expect(await applyRights(access)).toHaveLength(wanted.length)
    expect(await diffRights(access)).toEqual([])
    expect(await applyRights(access)).toEqual([])
  })

  it('that nobody planned are told of, and taken away only when asked to', async () => {
    const access = { ...kafka.access(), prefix: 'path.' }
    const acl = (principal: string, resourceName: string, pattern: number) => ({
      principal,
      host: '*',
      operation: 3,
      permissionType: 3,
      resourceType: 2,
      resourceName,
      resourcePatternType: pattern,
    })
    const unplanned = [acl('User:media', 'path.traffic.page-view', 3), acl('User:stranger', 'path.traffic.', 4)]
    const elsewhere = acl('User:stranger', 'payroll', 3)
    const admin = createKafka(access).admin()
    await admin.connect()
    await admin.createAcls({ acl: [...unplanned, elsewhere] })
    await eventually('both to be seen', async () => (await diffRights(access)).length === 2)
    expect(await applyRights(access)).toEqual([])
    const told = (await diffRights(access)).map(({ kind, principal, operation, pattern, name }) =>
      [kind, principal, operation, pattern, name].join(' '),
    )
    expect(told.sort()).toEqual([
      'unplanned User:media read literal path.traffic.page-view',
      'unplanned User:stranger read prefixed path.traffic.',
    ])
    expect(await applyRights(access, { prune: true })).toHaveLength(2)
    expect(await diffRights(access)).toEqual([])
    const { resources } = await admin.describeAcls(elsewhere)
    expect(resources).toHaveLength(1)
    await admin.disconnect()
  })

  it('are given by the command line, which says in one sentence why it cannot', async () => {
    const { KAFKA_SASL_USERNAME: username, ...variables } = kafka.variables(ADMIN)
    const mpics = (command: string, change: Record<string, string> = {}) =>
      run(
        nodeProgram(),
        [join(root, 'apps/mpics/dist/main.js'), ...command.split(' '), '--prefix', 'line.', '--username', username!],
        { env: { PATH: process.env['PATH'], ...variables, ...change } },
      ).catch(
        ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => `${code} ${stderr}${stdout}`,
      )
    expect(await mpics('rights diff')).toMatch(/^1 kind +principal .*\nmissing +User:gateway +allow +write +topic /)
    expect(await mpics('rights apply')).toMatch(/^done +principal .*\ngiven +User:gateway +allow +write +topic /)
    expect(await mpics('rights apply')).toBe('all rights are given\n')
    expect(await mpics('rights diff')).toBe('none\n')
    expect(await mpics('analysts add eve')).toMatch(
      /^# topics: line\.[^\n]+\n.* line\.analyst-eve\.\n(.*\n){2}sasl.username=analyst-eve\nsasl.password=\S{32}\n$/,
    )
    expect(await mpics('analysts list')).toMatch(/^account .*\nanalyst-eve  line\.analyst-eve\. .* true\n$/)
    expect(await mpics('analysts add eve')).toMatch(/^1 mpics: analyst-eve is there already: [^\n]+\n$/)
    expect(await mpics('analysts add Eve!')).toMatch(/^1 mpics: 'Eve!' is no name for an analyst/)
    expect(await mpics('analysts remove eve')).toBe('removed  analyst-eve\n')
    expect(await mpics('rights diff', { KAFKA_SASL_PASSWORD: 'guessed' })).toMatch(
      /^1 mpics: Kafka at \S+ refuses the log-in of admin: [^\n]+\n$/,
    )
    expect(await mpics('rights diff', { KAFKA_SASL_PASSWORD: '' })).toMatch(/^1 mpics: KAFKA_SASL_USERNAME is set, but/)
  })

  it('an analyst’s are given by one at a time: whoever is not refused has the password that holds', async () => {
    const access = { ...kafka.access(), prefix: 'line.' }
    const add = (renew = false) => addAnalyst(access, 'mallory', { renew })
    const passwordOf = ({ password }: { password: string }) => ({ password, refusal: undefined })
    const refusalOf = ({ message }: Error) => ({ password: undefined, refusal: message })
    const ends = await Promise.all([add(), add(), add()].map((adding) => adding.then(passwordOf, refusalOf)))
    const exists = 'analyst-mallory is there already: --renew gives it another password, and the old one ends'
    expect(ends.flatMap(({ refusal }) => refusal ?? [])).toEqual([exists, exists])
    const password = ends.find((end) => end.password)!.password!
    await checkKafka({ ...access, sasl: { mechanism: 'scram-sha-512', username: 'analyst-mallory', password } })
    const [, added] = await Promise.all([removeAnalyst(access, 'mallory'), add().then(passwordOf, refusalOf)])
    const found = (await listAnalysts(access)).filter(({ account }) => account === 'analyst-mallory')
    expect(found.map(({ mayLogIn }) => mayLogIn)).toEqual(added.refusal === exists ? [] : [true])
    const rights = (await diffRights(access)).filter(({ principal }) => principal === 'User:analyst-mallory')
    expect(rights).toEqual([])
  })

  describe('in every cell of the matrix', () => {
    const planned = topicPlan().map(({ topic }) => topic)
    const relays = serviceNames.map((service) => `${service}.relay`)
    const found = new Map<string, Outcome>()
    const cell = (who: string, what: string, name: string) => `${who} ${what} ${name}`
    const expected = (who: string, resource: string, name: string, operation: string): Outcome => {
      const given = busRights().some(
        (right) =>
          right.principal === `User:${who}` &&
          right.resource === resource &&
          (right.prefixed ? name.startsWith(right.name) : name === right.name) &&
          right.operations.some((o) => o === operation),
      )
      return given ? 'works' : 'denied'
    }

    async function tryAll(who: string): Promise<void> {
      const attempts = await Attempts.of(as(who, 'matrix.'))
      for (const topic of planned) {
        found.set(cell(who, 'read', topic), await attempts.read(topic))
        found.set(cell(who, 'write', topic), await attempts.write(topic))
      }
      for (const group of serviceNames) found.set(cell(who, 'describe', group), await attempts.group(group))
      for (const relay of relays) found.set(cell(who, 'fence', relay), await attempts.fence(relay))
      await attempts.close()
    }

    beforeAll(async () => {
      const admin = { ...kafka.access(), prefix: 'matrix.' }
      await applyRights(admin)
      const writer = await EventWriter.connect(admin)
      for (const topic of planned) await writer.records(topic, [{ key: 'first', value: '{}' }])
      await writer.close()
      // the first who asks makes the broker create what it keeps groups and producer ids in; to others it would look denied
      const first = await Attempts.of(admin)
      for (const group of serviceNames)
        await eventually(`group ${group}`, async () => (await first.group(group)) === 'works')
      for (const relay of relays) await eventually(relay, async () => (await first.fence(relay)) === 'works')
      await first.close()
      await Promise.all([...principals, 'stranger'].map(tryAll))
    })

    it('principal × topic × read and write: what is given works, everything else is denied', () => {
      const cells = [...principals, 'stranger'].flatMap((who) =>
        planned.flatMap((topic) =>
          (['read', 'write'] as const).map((what) => [cell(who, what, topic), expected(who, 'topic', topic, what)]),
        ),
      )
      expect(cells).toHaveLength((principals.length + 1) * planned.length * 2)
      expect(Object.fromEntries(cells.map(([name]) => [name, found.get(name!)]))).toEqual(Object.fromEntries(cells))
    })

    it('nobody looks into another’s group or fences another’s relay', () => {
      for (const who of [...principals, 'stranger']) {
        for (const group of serviceNames)
          expect([who, group, found.get(cell(who, 'describe', group))]).toEqual([
            who,
            group,
            expected(who, 'group', group, 'describe'),
          ])
        for (const relay of relays)
          expect([who, relay, found.get(cell(who, 'fence', relay))]).toEqual([
            who,
            relay,
            expected(who, 'transactional-id', relay, 'write'),
          ])
      }
    })

    it('B14.1 notifications, marketing and everybody but analytics and analysts are denied the traffic', () => {
      const traffic = topics.filter(({ name }) => name.startsWith('traffic.'))
      expect(traffic.map(({ name }) => name)).toEqual(['traffic.own-view', 'traffic.page-view', 'traffic.request'])
      for (const { name: topic, public: isPublic } of traffic) {
        const readers = principals.filter((who) => found.get(cell(who, 'read', topic)) === 'works')
        expect(readers.sort()).toEqual(isPublic ? ['analyst', 'analytics'] : ['analytics'])
        expect(found.get(cell('notifications', 'read', topic))).toBe('denied')
        // as a marketing department would come: with an account, and without a purpose of the policy
        expect(found.get(cell('stranger', 'read', topic))).toBe('denied')
      }
    })
  })
})

describe('a service with its own rights alone', () => {
  it('publishes by its outbox, consumes, gives up, and gets back what an operator replays', async () => {
    const part = await start({
      service: 'media',
      access: as('media', 'path.'),
      mongodb,
      consumers: [Decoder],
      providers: [Pictures],
    })
    database = part
    const pictures = part.app.get(Pictures)
    const [good, damaged] = ['01931f3e-0000-7000-8000-00000000aaaa', '01931f3e-0000-7000-8000-00000000bbbb']
    Decoder.damaged = damaged
    for (const id of [good, damaged]) await pictures.insert(taken(id))
    await eventually('the good one', () => Promise.resolve(Decoder.decoded.includes(good)))

    const letters = new DeadLetters(as(OPERATOR, 'path.'))
    const letter = await eventually('the dead letter', async () => (await letters.list())[0])
    expect(letter).toMatchObject({ topic: 'media.photo', group: 'media', reason: 'it cannot be decoded' })
    await letters.replay(letter.id, 'a test')
    await eventually('the damaged one', () => Promise.resolve(Decoder.decoded.includes(damaged)))
    await eventually('nothing to be left', async () =>
      /^events_consumer_lag{.*} 0$/m.test(await part.registry.metrics()),
    )
    expect(part.said.filter((line) => !line.includes('it cannot be decoded'))).toEqual([])
  })

  it('hears events in every replica, and publishes page views, as a gateway', async () => {
    const part = await start({ service: 'gateway', access: as('gateway', 'path.'), consumers: [Door] })
    await eventually('the replica', () => Promise.resolve(part.app.get(EventingState).consuming().ready))
    const identity = await EventWriter.connect(as('identity', 'path.'))
    await identity.event(identityContracts.sessionRevoked.of(identityContracts.sessionRevoked.example))
    await identity.close()
    await eventually('the session', () =>
      Promise.resolve(Door.closed.includes(identityContracts.sessionRevoked.example.sessionId)),
    )
    await part.app.get(EventPublisher).publish([gateway.pageViewRecorded.of(gateway.pageViewRecorded.example)])
    expect(await readTopic(as('analyst', 'path.'), 'traffic.page-view')).toHaveLength(1)
    expect(part.said).toEqual([])
  })

  it('says which right it lacks, and is not ready', async () => {
    const reader = await start({
      service: 'analytics',
      access: as('stranger', 'path.'),
      mongodb,
      consumers: [Decoder],
    })
    const hidden =
      'No right to these topics: path.media.photo, path.media.photo.replay.analytics. Give it with: mpics rights apply'
    await eventually('the complaint', () => Promise.resolve(reader.said.includes(hidden)))
    const { ready, missingTopics } = reader.app.get(EventingState).consuming()
    expect({ ready, missingTopics }).toEqual({
      ready: false,
      missingTopics: ['path.media.photo', 'path.media.photo.replay.analytics'],
    })

    const group = await start({ service: 'identity', access: as('media', 'path.'), mongodb, consumers: [Decoder] })
    await eventually('the group', () => Promise.resolve(group.app.get(EventingState).consuming().trouble))
    expect(group.app.get(EventingState).consuming()).toMatchObject({
      ready: false,
      trouble: expect.stringMatching(/no right to the group$/),
    })

    const replica = await start({ service: 'gateway', access: as('stranger', 'path.'), consumers: [Door] })
    await eventually('the replica', () => Promise.resolve(replica.app.get(EventingState).consuming().trouble))
    expect(replica.app.get(EventingState).consuming()).toMatchObject({
      ready: false,
      trouble: expect.stringMatching(/Topic authorization failed/),
    })
    const views = replica.app
      .get(EventPublisher)
      .publish([gateway.pageViewRecorded.of(gateway.pageViewRecorded.example)])
    await expect(views).rejects.toThrow(/did not confirm/)
    expect(replica.said.join('\n')).toMatch(/Page views are refused, since Kafka does not take them: .*uthoriz/)
  })
})

describe('whoever comes in the wrong way', () => {
  const media = () => kafka.access('media')
  const wrong = (password: string) => ({ ...media(), sasl: { ...media().sasl!, password } }) as KafkaAccess

  it.each<[string, () => KafkaAccess | Promise<KafkaAccess>, RegExp]>([
    [
      'a wrong password',
      () => wrong('guessed'),
      /refuses the log-in of media: KAFKA_SASL_USERNAME or KAFKA_SASL_PASSWORD is wrong/,
    ],
    [
      'no log-in',
      () => ({ ...media(), sasl: undefined }),
      /closes the connection: it may want a log-in \(KAFKA_SASL_USERNAME\)/,
    ],
    [
      'a mechanism that is not offered',
      () => ({ ...media(), sasl: { ...media().sasl!, mechanism: 'scram-sha-256' } }),
      /does not take scram-sha-256/,
    ],
    ['clear text', () => ({ ...media(), tls: undefined }), /closes the connection: it may want TLS \(KAFKA_TLS=true\)/],
    ['no authority', () => ({ ...media(), tls: true }), /an authority that is not known here: set KAFKA_TLS_CA/],
    [
      'another authority',
      async () => ({ ...media(), tls: { ca: (await ephemeralCa(mkdtempSync(join(folder, 'other-')))).ca } }),
      /an authority that is not known here: set KAFKA_TLS_CA/,
    ],
    [
      'TLS to an open Kafka',
      () => ({ brokers: [process.env['KAFKA_BROKERS']!], tls: true }),
      /does not speak TLS on this port|may want a log-in .*, or speak no TLS/,
    ],
  ])('with %s is refused, and told why in one sentence', async (_, access, sentence) => {
    const reason = await checkKafka(await access()).catch((error: Error) => error.message)
    expect(reason).toMatch(sentence)
    expect(reason).toMatch(/^Kafka at 127\.0\.0\.1:\d+ [^\n]+\.$/)
    expect(reason).not.toContain('guessed')
  })
})

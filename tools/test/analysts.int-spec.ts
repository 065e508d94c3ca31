import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gateway } from '@mpics/contracts'
import { topics } from '@mpics/contracts/catalogue'
import {
  addAnalyst,
  applyRights,
  checkKafka,
  createKafka,
  createTopics,
  diffRights,
  EventWriter,
  type KafkaAccess,
  listAnalysts,
  removeAnalyst,
  topicPlan,
} from '@mpics/eventing'
import { eventually } from '@mpics/testing/eventually'
import { pythonPrograms } from '../src/environment/artifacts/python-environment.js'
import { nodeProgram, root } from '../src/environment/root.js'
import { ADMIN } from '../src/environment/servers/secured-kafka.js'
import { type SecuredKafka, startSecuredKafka } from '../src/environment/servers/start-secured-kafka.js'
import { blocksOf, runBlock } from '../src/guides/guide.js'
import { Attempts } from './secured/attempt.js'

const folder = mkdtempSync(join(tmpdir(), 'mpics-analysts-'))
let kafka: SecuredKafka

beforeAll(async () => {
  kafka = await startSecuredKafka(folder, [])
})
afterAll(async () => {
  await kafka?.server.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('B14 an analyst whom an operator adds', () => {
  const admin = () => ({ ...kafka.access(), prefix: 'own.' })
  const withPassword = ({ account, password }: { account: string; password: string }): KafkaAccess => ({
    ...admin(),
    sasl: { mechanism: 'scram-sha-512', username: account, password },
  })
  /** Kafka tells its brokers of a log-in a moment after it has it. */
  const logIn = (access: KafkaAccess) =>
    eventually('the log-in', () =>
      checkKafka(access).then(
        () => true,
        () => false,
      ),
    )

  beforeAll(async () => {
    await createTopics(admin())
    await applyRights(admin())
    const writer = await EventWriter.connect(admin())
    for (const { topic } of topicPlan()) await writer.records(topic, [{ key: 'first', value: '{}' }])
    await writer.close()
  })

  it('reads every public topic in groups of their own, and nothing else', async () => {
    const grace = withPassword(await addAnalyst(admin(), 'grace'))
    await logIn(grace)
    const attempts = await Attempts.of(grace)
    for (const { topic } of topicPlan()) {
      const isPublic = topics.some(({ name, public: open }) => open && name === topic)
      const found = [topic, await attempts.read(topic), await attempts.write(topic)]
      expect(found).toEqual([topic, isPublic ? 'works' : 'denied', 'denied'])
    }
    const groups = ['analyst-grace.trends', 'analyst-grace', 'analyst.trends', 'analyst-bob.trends', 'analytics']
    const found = await Promise.all(groups.map((group) => attempts.group(group)))
    expect(found).toEqual(['works', 'denied', 'denied', 'denied', 'denied'])
    await attempts.close()
  })

  it('logs in as docs/analysts.md says, where the kcat of Debian cannot', async () => {
    const guide = { ...kafka.access(), prefix: 'guide.' }
    await createTopics(guide)
    const writer = await EventWriter.connect(guide)
    await writer.event(gateway.pageViewRecorded.of(gateway.pageViewRecorded.example))
    const { weight, ...early } = gateway.requestServed.example
    for (const data of [early, { ...early, weight }]) await writer.event(gateway.requestServed.of(data))
    await writer.close()
    const here = mkdtempSync(join(folder, 'guide-'))
    cpSync(join(root, 'examples'), join(here, 'examples'), { recursive: true })
    const { KAFKA_TLS_CA: ca, ...variables } = kafka.variables(ADMIN)
    writeFileSync(join(here, 'ca.pem'), ca!)
    const env = {
      ...{ ...variables, KAFKA_TLS_CA: ca, KAFKA_PREFIX: 'guide.' },
      PATH: `${await pythonPrograms()}:${process.env['PATH']}`,
    }
    const mpics = `${nodeProgram()} ${join(root, 'apps/mpics/dist/main.js')}`
    const [add, look, remove] = (await blocksOf('docs/analysts.md', 'secured')).map(({ language, text }) => () => {
      const block = text.replaceAll('npm run -s mpics --', mpics).replaceAll('broker:9093', guide.brokers[0]!)
      return runBlock({ language, text: block }, here, env)
    })
    const columns = (topic: string) => {
      const text = `import topics; print(topics.rows_of("${topic}", "ada.conf").column_names)`
      return runBlock({ language: 'python', text }, here, { ...env, PYTHONPATH: join(here, 'examples/analysts') })
    }
    await add!()
    const looked = await look!()
    const seen = topics.filter(({ public: open }) => open).map(({ name }) => `guide.${name}`)
    expect(looked).toContain([...seen.sort(), '1 views', ''].join('\n'))
    expect(await columns('traffic.request')).toMatch(/'weight'/)
    await expect(columns('identity.account')).rejects.toThrow(/TOPIC_AUTHORIZATION_FAILED/)
    expect(await remove!()).toBe('removed  analyst-ada\n')
  })

  it('is planned, is given what the catalogue adds, and is listed without a password', async () => {
    expect(await diffRights(admin())).toEqual([])
    const kafkaAdmin = createKafka(admin()).admin()
    await kafkaAdmin.connect()
    const right = { resourceType: 2, resourceName: 'own.traffic.page-view', resourcePatternType: 3, operation: 3 }
    await kafkaAdmin.deleteAcls({
      filters: [{ ...right, principal: 'User:analyst-grace', host: '*', permissionType: 3 }],
    })
    await kafkaAdmin.disconnect()
    const lacks = () => diffRights(admin())
    await eventually('it to be gone', async () => (await lacks()).length === 1)
    expect(await applyRights(admin(), { prune: true })).toMatchObject([
      { kind: 'missing', principal: 'User:analyst-grace' },
    ])
    expect(await listAnalysts(admin())).toEqual([
      {
        account: 'analyst-grace',
        groups: 'own.analyst-grace.',
        topics: topics.filter(({ public: open }) => open).map(({ name }) => `own.${name}`),
        mayLogIn: true,
      },
    ])
  })

  it('is added once; gets another password when asked for; and is let in no more after they are removed', async () => {
    await expect(addAnalyst(admin(), 'grace')).rejects.toThrow(/analyst-grace is there already/)
    await expect(addAnalyst(admin(), 'bob', { renew: true })).rejects.toThrow(/there is no analyst-bob/)
    for (const name of ['', 'Ada', 'a.b', 'a b', '*', 'ä', 'x'.repeat(32)])
      await expect(addAnalyst(admin(), name)).rejects.toThrow(/is no name for an analyst/)
    const grace = withPassword(await addAnalyst(admin(), 'grace', { renew: true }))
    await logIn(grace)
    const connected = await Attempts.of(grace)
    expect(await connected.read('traffic.page-view')).toBe('works')
    await removeAnalyst(admin(), 'grace')
    // a connection that stands has no right left
    expect(await connected.group('analyst-grace.trends')).toBe('denied')
    await connected.close()
    await expect(checkKafka(grace)).rejects.toThrow(/refuses the log-in of analyst-grace/)
    expect(await listAnalysts(admin())).toEqual([])
    await expect(removeAnalyst(admin(), 'grace')).rejects.toThrow(/there is no analyst-grace/)
  })
})

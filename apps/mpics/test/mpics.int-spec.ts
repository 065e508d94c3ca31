import { randomUUID } from 'node:crypto'
import { type DeadLetter, deleteTopics, EventWriter, readTopic, type ResolveOutcome } from '@mpics/eventing'
import { runNode } from '@mpics/testing'
import { join } from 'node:path'

const prefix = `mpics-${randomUUID().slice(0, 8)}.`
const brokers = process.env['KAFKA_BROKERS']!
const access = { brokers: brokers.split(','), prefix }
const mpics = (args: string[], env: NodeJS.ProcessEnv = {}) =>
  runNode(join(import.meta.dirname, '../dist/main.js'), args, env)
const run = (command: string, env: NodeJS.ProcessEnv = {}) =>
  mpics(command.split(' '), { KAFKA_BROKERS: brokers, KAFKA_PREFIX: prefix, ...env })

const DLT = 'profiles.follow.dlt.media'
const REPLAYS = 'profiles.follow.replay.media'
const letter = (n: number) => ({
  key: `a:${n}`,
  value: '{}',
  headers: {
    ce_id: `${n}`,
    ce_type: n % 2 ? 'profiles.follow.started.v1' : 'profiles.follow.ended.v1',
    dlt_reaction: n % 2 ? 'AdmitFollowerOnFollow' : 'DismissFollowerOnUnfollow',
    dlt_reason: 'the database said no',
  },
})

describe('mpics', () => {
  afterAll(() => deleteTopics(access))

  it('shows what there is without what its commands need', async () => {
    const telling =
      'import { registerHooks } from "node:module"; registerHooks({ load: (url, c, next) => (console.error(url), next(url, c)) })'
    const hooks = `data:text/javascript,${encodeURIComponent(telling)}`
    const { code, err } = await mpics(['--help'], { NODE_OPTIONS: `--import=${hooks}` })
    const packages = err.match(/(?<=node_modules\/)(@[^/]+\/)?[^/]+|libs\/[^/]+/g)
    expect({ code, packages: [...new Set(packages)] }).toEqual({ code: 0, packages: ['commander'] })
  })

  it.each(['topics --help', 'help topics'])('tells by %s what a command takes', async (call) => {
    expect(await run(call)).toMatchObject({ code: 0, out: expect.stringContaining('--brokers <list>') })
  })

  it('creates topics, and says how they differ from the catalogue', async () => {
    const before = await run('topics diff --json')
    expect(before.code).toBe(1)
    expect((JSON.parse(before.out) as object[]).length).toBeGreaterThan(10)
    const created = await run('topics create --json')
    expect({ ...created, out: JSON.parse(created.out) as string[] }).toEqual({
      code: 0,
      err: '',
      out: expect.arrayContaining([prefix + DLT]),
    })
    expect(await run('topics create')).toEqual({ code: 0, err: '', out: 'all topics exist\n' })
    expect(await run('topics diff')).toEqual({ code: 0, err: '', out: 'none\n' })
  })

  it('says which topics have fewer copies than there should be, and accept an event that only one broker has', async () => {
    const { code, out } = await run('topics diff --replication-factor 3 --json')
    const topic = prefix + DLT
    const found = (JSON.parse(out) as { topic: string }[]).filter((difference) => difference.topic === topic)
    expect({ code, found }).toEqual({
      code: 1,
      found: [
        { topic, kind: 'replicas', wanted: 3, found: 1 },
        { topic, kind: 'config', name: 'min.insync.replicas', wanted: '2', found: '1' },
      ],
    })
  })

  it.each([
    ['', 'Usage: mpics'],
    ['nonsense', "unknown command 'nonsense'"],
    ['topics creat', "unknown command 'creat'"],
    ['topics create --replication-factor three', 'a whole number'],
    ['dead-letters list --colour', "unknown option '--colour'"],
    ['dead-letters replay a/b/1', "required option '--why <reason>' not specified"],
    ['dead-letters replay --why x', 'name letters, or use --all'],
    ['dead-letters discard a/b/1 --all --why x', 'name letters, or use --all'],
    ['dead-letters discard a/b/1 --topic a --why x', 'a filter goes with --all'],
    ['dead-letters discard a/b/1 --take-over --why x', "unknown option '--take-over'"],
    ['projections rebuild media', "missing required argument 'name'"],
    ['projections rebuild gateway x', 'gateway is none of'],
    ['projections list --url http://127.0.0.1:1', '--url goes with a service'],
    ['retention --dry-run --url http://127.0.0.1:1', '--url goes with a service'],
    ['accounts grant ann --why x', "missing required argument 'role'"],
    ['accounts grant ann member --why x', 'Allowed choices are moderator'],
    ['accounts grant ann operator', "required option '--why <reason>' not specified"],
    ['accounts grant ann contractor --why x --until never', 'a time, such as'],
    ['accounts lock ann --why x', "required option '--reason <reason>' not specified"],
    ['sessions end ann', 'name a session, or use --all'],
    ['sessions end ann 01931f3e-0000-4000-8000-000000000001 --all', 'name a session, or use --all'],
  ])('wrong usage ends with 2 and says what is wrong: mpics %s', async (command, sentence) => {
    const { code, out, err } = await mpics(command === '' ? [] : command.split(' '), { KAFKA_BROKERS: brokers })
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(sentence)
    expect(err).toContain('Usage:')
  })

  it.each(['', 'topics', 'topics create', 'dead-letters', 'dead-letters replay', 'projections', 'projections rebuild'])(
    'explains itself: mpics %s --help',
    async (command) => {
      const { code, out, err } = await mpics([...command.split(' ').filter(Boolean), '--help'])
      expect({ code, err }).toEqual({ code: 0, err: '' })
      expect(out).toContain(`Usage: mpics ${command}`.trim())
    },
  )

  it('says in one sentence that Kafka, or a service, is away', async () => {
    for (const command of ['topics diff', 'dead-letters list', 'dead-letters show a/b/1'])
      expect(await run(command, { KAFKA_BROKERS: '127.0.0.1:1' })).toEqual({
        code: 1,
        out: '',
        err: 'mpics: Kafka at 127.0.0.1:1 does not answer: is it running, and does KAFKA_BROKERS name it?\n',
      })
    const key = JSON.stringify({ kty: 'EC', crv: 'P-256', d: 'x', kid: 'ann' })
    expect(await run('projections list media', { MPICS_OPERATOR_KEY: key.replace('"x"', '""') })).toMatchObject({
      code: 1,
      err: expect.stringContaining('MPICS_OPERATOR_KEY is no private ES256 key'),
    })
  })

  describe('dead letters', () => {
    const list = async (filter = '') => JSON.parse((await run(`dead-letters list --json${filter}`)).out) as DeadLetter[]
    const sent = async () => (await readTopic(access, REPLAYS)).map(({ headers }) => headers['ce_id'])
    const outcomes = (out: string) => (JSON.parse(out) as ResolveOutcome[]).map(({ outcome }) => outcome)

    beforeAll(async () => {
      await run('topics create')
      const writer = await EventWriter.connect(access)
      await writer.records(
        DLT,
        [...Array(20).keys()].map((n) => letter(n)),
      )
      await writer.close()
    })

    it('are listed, shown, and found by what they have in common', async () => {
      expect(await list()).toHaveLength(20)
      expect(await list(' --reaction DismissFollowerOnUnfollow --group media --topic profiles.follow')).toHaveLength(10)
      expect(await list(' --type media.photo.erased.v1')).toEqual([])
      expect((await run('dead-letters list --reaction DismissFollowerOnUnfollow')).out).toMatch(
        /^id +eventType .*\nprofiles\.follow\/media\/0 +profiles\.follow\.ended\.v1 +DismissFollowerOnUnfollow +the database said no/,
      )
      const shown = await run('dead-letters show profiles.follow/media/3')
      expect(JSON.parse(shown.out)).toMatchObject({ key: 'a:3', reaction: 'AdmitFollowerOnFollow' })
      expect(await run('dead-letters show profiles.follow/media/999')).toMatchObject({
        code: 1,
        err: 'mpics: there is no dead letter profiles.follow/media/999\n',
      })
    })

    it('are discarded and replayed once, however often that is said', async () => {
      const discard = 'dead-letters discard profiles.follow/media/0 --why nonsense --by ann'
      expect(await run(discard)).toEqual({ code: 0, err: '', out: 'profiles.follow/media/0 discarded\n' })
      expect(await run(discard)).toMatchObject({
        code: 0,
        out: expect.stringContaining('was discarded already, by ann'),
      })
      const replay = await run(
        'dead-letters replay profiles.follow/media/0 profiles.follow/media/1 --why mended --json',
      )
      expect(replay.code).toBe(1)
      expect(outcomes(replay.out)).toEqual(['refused', 'done'])
      expect(await sent()).toEqual(['1'])
    })

    it('are replayed together only when that is confirmed', async () => {
      const all = 'dead-letters replay --all --reaction DismissFollowerOnUnfollow --why mended'
      expect(await run(all)).toEqual({
        code: 2,
        out: '',
        err: 'mpics: 9 letters would be replayed; add --yes to do it\n',
      })
      expect(await sent()).toHaveLength(1)
      expect(await run(`${all} --yes`)).toEqual({
        code: 0,
        err: '',
        out: '9 replayed, 0 were already, 0 refused\n',
      })
      expect(await sent()).toHaveLength(10)
      expect(await list()).toHaveLength(9)
    })

    it('of a reaction that nobody is or was called is refused, stays open, and says so', async () => {
      const writer = await EventWriter.connect(access)
      const { headers, ...rest } = letter(100)
      await writer.records(DLT, [{ ...rest, headers: { ...headers, dlt_reaction: 'Gone' } }])
      await writer.close()
      const [{ id }] = (await list(' --reaction Gone')) as [DeadLetter]
      expect(await run(`dead-letters replay ${id} --why mended`)).toMatchObject({
        code: 1,
        out: expect.stringMatching(`^${id} refused: it was given up by Gone, and no reaction of media to this fact`),
      })
      expect(await list(' --reaction Gone')).toHaveLength(1)
      expect(await sent()).not.toContain('100')
      expect((await run(`dead-letters discard ${id} --why gone`)).code).toBe(0)
    })

    it.each([
      ['before it was sent', 'deadLetters.beforeSend:kill', 'profiles.follow/media/3', 1],
      ['before that was noted', 'deadLetters.afterSend:kill', 'profiles.follow/media/5', 2],
    ])('a replay that died %s is seen, and is taken over by word alone', async (_, FAULT, id, times) => {
      const replay = `dead-letters replay ${id} --why mended --by`
      expect((await run(`${replay} ann`, { FAULT })).code).toBe('SIGKILL')
      expect((await list()).find((open) => open.id === id)!.begun).toMatchObject({ action: 'replaying', by: 'ann' })
      expect((await run('dead-letters list')).out).toContain('begun')
      const refused = await run(`${replay} bob`)
      expect(refused.code).toBe(1)
      expect(refused.out).toContain(`${id} refused: it is being replayed by ann since`)
      expect(await run(`${replay} bob --take-over`)).toEqual({ code: 0, err: '', out: `${id} replayed\n` })
      // at least once: what it is sent to guards itself by the sequence or an inbox entry
      expect((await sent()).filter((ce) => ce === id.split('/')[2])).toHaveLength(times)
    })
  })
})

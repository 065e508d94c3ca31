import { randomBytes } from 'node:crypto'
import { Metrics } from '@mpics/service-kit'
import { eventually } from '@mpics/testing'
import { AttemptKeys } from '../src/attempts/attempt-keys.js'
import { ServiceHarness } from './setup/service-harness.js'
import { logIn, type Person, verified } from './setup/people.js'

const CALLERS = 20
const LOG_INS = 5

describe('B50.1 while others guess passwords', () => {
  let harness: ServiceHarness
  beforeAll(async () => {
    const hashing = { IDENTITY_HASHING_CONCURRENCY: '1', IDENTITY_HASHING_QUEUE: '16' }
    harness = await ServiceHarness.open(hashing)
  })
  let flooding = false
  afterEach(() => void (flooding = false))
  afterAll(() => harness.close())

  const from = (network: string) => ({ 'x-client-network': network })
  const anyName = () => `n${randomBytes(8).toString('hex')}`
  const gauge = async (name: string) => {
    const metric = await harness.get(Metrics).registry.getSingleMetric(name)?.get()
    return metric?.values.reduce((sum, { value }) => sum + value, 0) ?? 0
  }

  /** Guesses without pause until `work` is done, which begins when the queue is full and guesses are refused. */
  async function during(guess: (n: number) => [login: string, network: string], work: () => Promise<void>) {
    const answers: { status: number; code: string; retryAfter: number }[] = []
    let n = 0
    const caller = async () => {
      while (flooding) {
        const [login, network] = guess(n++)
        const credentials = { login, password: 'a guess that is wrong' }
        const { status, body, headers } = await harness.anybody.post('/v1/sessions', credentials, from(network))
        answers.push({ status, code: body.code as string, retryAfter: Number(headers['retry-after']) })
      }
    }
    const refusedBefore = await gauge('identity_hashing_refused_total')
    flooding = true
    const callers = Array.from({ length: CALLERS }, caller)
    try {
      await eventually(async () => (await gauge('identity_hashing_refused_total')) > refusedBefore)
      await work()
    } finally {
      flooding = false
      await Promise.all(callers)
    }
    return answers
  }

  const refusals = (answers: Awaited<ReturnType<typeof during>>) => answers.filter(({ status }) => status !== 401)
  const knownTo = async (person: Person) => (await logIn(harness, person)).body.browserToken as string
  const logInOften = async (person: Person, extra: object, network: string) => {
    for (let n = 0; n < LOG_INS; n++) expect((await logIn(harness, person, extra, from(network))).status).toBe(201)
  }

  it('from one network: everybody elsewhere gets in, a known browser there too; the guesses get 429 and a delay', async () => {
    const [near, elsewhere] = [await verified(harness), await verified(harness)]
    const browserToken = await knownTo(near)
    const answers = await during(
      () => [anyName(), '198.51.100.1'],
      async () => {
        await logInOften(elsewhere, {}, '203.0.113.9')
        await logInOften(near, { browserToken }, '198.51.100.1')
      },
    )
    const refused = refusals(answers)
    expect(refused.length).toBeGreaterThan(0)
    expect(new Set(refused.map(({ status, code }) => `${status} ${code}`))).toEqual(new Set(['429 rate-limited']))
    for (const { retryAfter } of refused) expect(retryAfter).toBeGreaterThanOrEqual(1)
  })

  it('from a thousand networks at everybody: known browsers get in', async () => {
    const person = await verified(harness)
    const browserToken = await knownTo(person)
    const answers = await during(
      (n) => [anyName(), `2001:db8:0:${(n % 1_000).toString(16)}::`],
      () => logInOften(person, { browserToken }, '203.0.113.9'),
    )
    expect(new Set(refusals(answers).map(({ status }) => status))).toEqual(new Set([429]))
  })

  it('from a thousand networks at one account, as handle and address: its owner gets in from a known browser', async () => {
    const person = await verified(harness)
    const browserToken = await knownTo(person)
    const bystander = await verified(harness)
    const bystandersToken = await knownTo(bystander)
    const answers = await during(
      (n) => [[person.handle, person.email, anyName()][n % 3]!, `2001:db8:1:${(n % 1_000).toString(16)}::`],
      async () => {
        await logInOften(person, { browserToken }, '203.0.113.9')
        await logInOften(bystander, { browserToken: bystandersToken }, '203.0.113.10')
      },
    )
    expect(new Set(refusals(answers).map(({ status }) => status))).toEqual(new Set([429]))
  })

  it('takes no attempt from a name for a password that it did not compare', async () => {
    const person = await verified(harness)
    await during(
      () => [anyName(), '198.51.100.2'],
      async () => {
        const tries = Array.from({ length: 30 }, () =>
          harness.anybody.post('/v1/sessions', { login: person.handle, password: 'wrong' }, from('198.51.100.2')),
        )
        const answers = await Promise.all(tries)
        const compared = answers.filter(({ status }) => status === 401).length
        const _id = harness.get(AttemptKeys).logIn(person.handle)
        const attempts = await harness.collection('attempts').findOne({ _id })
        expect(attempts?.['count'] ?? 0).toBe(compared)
      },
    )
  })
})

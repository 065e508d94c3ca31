import { identity } from '@mpics/contracts'
import { Rounds } from '@mpics/service-kit'
import { SendRequestedResets } from '../src/password-resets/send-requested-resets.js'
import { ResetRequestRepository } from '../src/password-resets/reset-request.repository.js'
import { PasswordHasher } from '../src/passwords/password-hasher.js'
import { type Person, register, resetsSent, verified } from './setup/people.js'
import { commandsOf } from './setup/commands.js'
import { ServiceHarness } from './setup/service-harness.js'

describe('a request that must not tell whether there is an account', () => {
  let harness: ServiceHarness
  let person: Person
  let unverified: Person
  beforeAll(async () => {
    harness = await ServiceHarness.open()
    ;[person, unverified] = [await verified(harness), await register(harness)]
    await harness.service.untilIdle()
    await harness.get(Rounds).beforeApplicationShutdown()
  })
  afterAll(() => harness.close())

  async function workOf(request: () => Promise<unknown>): Promise<string[]> {
    const work: string[] = []
    const hasher = harness.get(PasswordHasher) as unknown as { inTurn(...of: unknown[]): Promise<unknown> }
    const inTurn = hasher.inTurn.bind(hasher)
    const hashes = jest.spyOn(hasher, 'inTurn').mockImplementation((...of) => (work.push('hash'), inTurn(...of)))
    await commandsOf(harness, request, (command) => work.push(command))
    hashes.mockRestore()
    return work
  }

  const forgot = (email: string) => harness.anybody.post('/v1/password-resets', { email })
  const guess = (login: string) => harness.anybody.post('/v1/sessions', { login, password: 'a guess that is wrong' })

  it('“forgot password” notes and counts it, and looks for an account only after the answer', async () => {
    const noted = ['insert reset_requests', 'update attempts', 'update reset_requests']
    const hasten = jest.spyOn(harness.get(Rounds), 'hasten')
    for (const email of [person.email, unverified.email, 'nobody@example.org', `${'x'.repeat(60)}@example.org`]) {
      let answer = {}
      const work = await workOf(async () => {
        const { status, body } = await forgot(email)
        answer = { status, body: body as unknown }
      })
      expect({ ...answer, work }).toEqual({ status: 202, body: {}, work: noted })
    }
    expect(hasten.mock.calls.map(([, ms]) => ms >= 250 && ms <= 1_000)).toEqual(Array(4).fill(true))
    hasten.mockRestore()
  })

  it('“forgot password” does the same for everybody who asks too often', async () => {
    const works: string[][] = []
    for (const email of [person.email, 'nobody2@example.org']) {
      for (let n = 0; n < 3; n++) await forgot(email)
      works.push(await workOf(() => forgot(email)))
    }
    expect(works[0]).toContain('delete reset_requests')
    expect(await harness.collection('reset_requests').countDocuments({ email: 'nobody2@example.org' })).toBe(3)
    expect(works[1]).toEqual(works[0])
  })

  it('a guess reads, counts and hashes, in this order', async () => {
    const ofHandles = [await workOf(() => guess(person.handle)), await workOf(() => guess('nobody_has_this'))]
    expect(ofHandles[0]).toEqual(['find accounts', 'update attempts', 'hash'])
    expect(ofHandles[1]).toEqual(ofHandles[0])
    const ofEmails = [await workOf(() => guess(person.email)), await workOf(() => guess('nobody@example.org'))]
    expect(ofEmails[0]?.slice(-2)).toEqual(['update attempts', 'hash'])
    expect(ofEmails[1]).toEqual(ofEmails[0])
  })
})

describe('a forgotten password', () => {
  const opened: ServiceHarness[] = []
  const open = async (environment?: Record<string, string>): Promise<ServiceHarness> => {
    opened.push(await ServiceHarness.open(environment))
    return opened.at(-1)!
  }
  afterEach(async () => {
    const [last, ...others] = opened.splice(0).reverse()
    await Promise.all(others.map(({ service }) => service.halt()))
    await last?.close()
  })

  const lookIn = (harness: ServiceHarness) =>
    (harness.get(SendRequestedResets) as unknown as { sendNext(): Promise<boolean> }).sendNext()

  it('leads to its mail soon after a flood for addresses without account, to a link with its whole life', async () => {
    const harness = await open()
    const person = await verified(harness)
    await harness.get(Rounds).beforeApplicationShutdown()
    await harness.anybody.post('/v1/password-resets', { email: person.email })
    const requests = harness.collection('reset_requests')
    const own = (await requests.findOne({}))!
    const early = new Date(harness.clock.now().getTime() - 1000)
    await requests.insertMany(
      Array.from({ length: 250 }, (_, i) => {
        const email = `nobody${i}@example.org`
        return { ...own, _id: `flood-${i}`, email, emailKey: email, requestedAt: early, dueAt: early }
      }),
    )
    harness.pass(50 * 60 * 1000)
    const handledAt = harness.clock.now().getTime()
    const commands = await commandsOf(harness, async () => {
      while (await lookIn(harness));
    })
    expect(commands.length).toBeLessThan(25)
    expect(await requests.countDocuments()).toBe(0)
    const account = await harness.collection('accounts').findOne({ _id: person.id })
    const { expiresAt } = account?.['reset'] as { expiresAt: Date }
    expect(expiresAt.getTime()).toBeGreaterThanOrEqual(handledAt + 60 * 60 * 1000)
  })

  it('leads to one mail, whichever replica looks, and whichever died before it could', async () => {
    const first = await open()
    const people = [await verified(first), await verified(first), await verified(first)]
    await first.get(Rounds).beforeApplicationShutdown()
    for (const { email } of people) await first.anybody.post('/v1/password-resets', { email })
    expect(await first.collection('reset_requests').countDocuments()).toBe(3)
    const { environment } = first.service
    const [second] = [await open(environment), await open(environment)]
    await resetsSent(second)
    for (const { id } of people) expect(await second.told(identity.passwordResetRequested, id)).toHaveLength(1)
  })

  it('leads to its mail though whoever counted the request died before its answer', async () => {
    const harness = await open()
    const person = await verified(harness)
    await harness.get(Rounds).beforeApplicationShutdown()
    const release = jest.spyOn(harness.get(ResetRequestRepository), 'release').mockRejectedValue(new Error('dies'))
    for (let n = 0; n < 3; n++) await harness.anybody.post('/v1/password-resets', { email: person.email })
    release.mockRestore()
    await harness.anybody.post('/v1/password-resets', { email: person.email })
    expect(await lookIn(harness)).toBe(false)
    harness.pass(31_000)
    await lookIn(harness)
    expect(await harness.told(identity.passwordResetRequested, person.id)).not.toHaveLength(0)
  })

  it('leads to no second mail, nor to an older link, when a replica died between the mail and its note', async () => {
    const harness = await open()
    const person = await verified(harness)
    await harness.get(Rounds).beforeApplicationShutdown()
    const ask = () => harness.anybody.post('/v1/password-resets', { email: person.email })
    const look = () => lookIn(harness)
    await ask()
    const [older] = await harness.collection('reset_requests').find().toArray()
    await look()
    await harness.collection('reset_requests').insertOne(older!)
    await look()
    expect(await harness.told(identity.passwordResetRequested, person.id)).toHaveLength(1)
    await ask()
    await look()
    await harness.collection('reset_requests').insertOne(older!)
    await look()
    const told = await harness.told(identity.passwordResetRequested, person.id)
    expect(told).toHaveLength(2)
    expect(told[0]?.data.resetId).toBe(older?._id)
  })
})

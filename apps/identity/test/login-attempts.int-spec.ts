import { randomBytes } from 'node:crypto'
import { decide } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import { AggregateStore } from '@mpics/eventing'
import { PasswordHasher } from '../src/passwords/password-hasher.js'
import { BrowserGuessesRepository } from '../src/sessions/browser-guesses.repository.js'
import { KnownBrowsers } from '../src/sessions/known-browsers.js'
import { SessionRepository } from '../src/sessions/session.repository.js'
import { seenNow, type Session } from '../src/sessions/session.js'
import { ServiceHarness } from './setup/service-harness.js'
import { cookieNamed, linkFor, logIn, type Person, register, verified } from './setup/people.js'

describe('guessing a password', () => {
  let harness: ServiceHarness
  beforeAll(async () => (harness = await ServiceHarness.open()))
  afterAll(() => harness.close())

  const guess = (login: string, headers: Record<string, string> = {}) =>
    harness.anybody.post('/v1/sessions', { login, password: 'a guess that is wrong' }, headers)
  const guessIn = (login: string, browserToken: string) =>
    harness.anybody.post('/v1/sessions', { login, password: 'a guess that is wrong', browserToken })
  const tokenOf = async (person: Person) => (await logIn(harness, person)).body.browserToken as string
  const shown = ({ status, body, headers }: Awaited<ReturnType<typeof guess>>) => {
    const { instance: _, ...problem } = body as Record<string, unknown>
    return { status, problem, headers: Object.keys(headers).sort() }
  }

  it('is answered alike, with the same number of hashes and writes, with and without an account', async () => {
    const victim = await register(harness)
    const hasher = harness.get(PasswordHasher) as unknown as { inTurn(): Promise<unknown> }
    const hashes = jest.spyOn(hasher, 'inTurn')
    const seen: unknown[] = []
    for (const login of [victim.handle, victim.email, 'nobody_of_this_name', 'nobody@example.org']) {
      hashes.mockClear()
      let answer = {}
      const writes = await harness.writesDuring(async () => (answer = shown(await guess(login))))
      seen.push({ ...answer, writes, hashes: hashes.mock.calls.length })
    }
    hashes.mockRestore()
    expect(seen[0]).toMatchObject({ status: 401, writes: 1, hashes: 1 })
    for (const answer of seen) expect(answer).toEqual(seen[0])
  })

  it('B50.1 is bounded: ten at once reach the hash, then it waits, for strangers and known names alike', async () => {
    const victim = await register(harness)
    for (const login of [victim.handle, 'nobody_of_that_name']) {
      const answers = await Promise.all(Array.from({ length: 30 }, () => guess(login)))
      const limited = answers.filter((a) => a.status === 429)
      expect(answers.filter((a) => a.status === 401)).toHaveLength(10)
      expect(limited).toHaveLength(20)
      expect(limited[0]?.body.code).toBe('rate-limited')
      expect(Number(limited[0]?.headers['retry-after'])).toBeGreaterThan(20)
    }
  })

  it('B50.1 is bounded from a known browser, by a count of its own that its next session ends', async () => {
    const victim = await verified(harness)
    const browserToken = await tokenOf(victim)
    const attempts = await harness.collection('attempts').countDocuments()
    const guesses = async (count: number) => {
      const answers = await Promise.all(Array.from({ length: count }, () => guessIn(victim.handle, browserToken)))
      return answers.map(({ status }) => status).sort()
    }
    const ten = Array.from({ length: 10 }, () => 401)
    expect(await guesses(30)).toEqual([...ten, ...Array.from({ length: 20 }, () => 429)])
    const limited = await guessIn(victim.email, browserToken)
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(20)
    expect(await harness.collection('attempts').countDocuments()).toBe(attempts)
    expect((await logIn(harness, victim)).status).toBe(201)
    expect((await logIn(harness, victim, { browserToken })).status).toBe(429)
    harness.pass(31_000)
    expect((await logIn(harness, victim, { browserToken })).status).toBe(201)
    expect(await guesses(11)).toEqual([...ten, 429])
  })

  it('ends the count of a known browser also where it opens no session that the browser remembers', async () => {
    const victim = await verified(harness)
    const browserToken = await tokenOf(victim)
    for (let round = 0; round < 3; round++) {
      for (let wrong = 0; wrong < 4; wrong++) expect((await guessIn(victim.handle, browserToken)).status).toBe(401)
      expect((await logIn(harness, victim, { browserToken, sharedComputer: true })).status).toBe(201)
    }
  })

  it('ends the count of a known browser also where a clock that is ahead opened its last session', async () => {
    const victim = await verified(harness)
    const browserToken = await tokenOf(victim)
    const ahead = { $set: { openedAt: new Date(harness.clock.now().getTime() + 60_000) } }
    await harness.collection('sessions').updateOne({ accountId: victim.id }, ahead)
    for (let round = 0; round < 12; round++) expect((await logIn(harness, victim, { browserToken })).status).toBe(201)
  })

  it('ends the count of a known browser also where it keeps a token that an earlier release gave it', async () => {
    const victim = await verified(harness)
    const browserToken = randomBytes(24).toString('hex')
    await tokenOf(victim)
    const knownBrowserHash = harness.get(KnownBrowsers).hash(victim.id, browserToken)
    await harness.collection('sessions').updateOne({ accountId: victim.id }, { $set: { knownBrowserHash } })
    for (let round = 0; round < 12; round++) expect((await logIn(harness, victim, { browserToken })).status).toBe(201)
  })

  it('keeps the count of a known browser where a session that was read before is saved after', async () => {
    const victim = await verified(harness)
    const { sessionId, browserToken } = (await logIn(harness, victim)).body as Record<string, string>
    await harness.collection('sessions').updateOne({ _id: sessionId! }, { $unset: { guesses: '' } })
    const guesses = () => Promise.all(Array.from({ length: 10 }, () => guessIn(victim.handle, browserToken!)))
    const saves = jest.spyOn(AggregateStore.prototype, 'save').mockImplementationOnce(async function (
      this: AggregateStore<Session>,
      ...change
    ) {
      await guesses()
      saves.mockRestore()
      await this.save(...change)
    })
    try {
      await harness
        .get(SessionRepository)
        .change(sessionId!, (session) => decide(seenNow(session, harness.clock.now())))
    } finally {
      saves.mockRestore()
    }
    expect((await guessIn(victim.handle, browserToken!)).status).toBe(429)
  })

  it('counts a wrong guess of a known browser again, before it is answered, where a failover lost the count', async () => {
    const victim = await verified(harness)
    const browserToken = await tokenOf(victim)
    const ofVictim = { accountId: victim.id }
    const hasher = harness.get(PasswordHasher)
    const verify = hasher.verify.bind(hasher)
    const lost = jest.spyOn(hasher, 'verify').mockImplementation(async (...of) => {
      await harness.collection('sessions').updateOne(ofVictim, { $set: { guesses: null } })
      return verify(...of)
    })
    expect((await guessIn(victim.handle, browserToken)).status).toBe(401)
    lost.mockRestore()
    expect(await harness.collection('sessions').findOne(ofVictim)).toMatchObject({ guesses: { count: 1 } })
  })

  it.each([
    ['first to last', [0, 1, 2]],
    ['last to first', [2, 1, 0]],
  ])('counts all guesses of a known browser again that a failover lost together: %s', async (_, order) => {
    const victim = await verified(harness)
    const hash = harness.get(KnownBrowsers).hash(victim.id, await tokenOf(victim))
    const browsers = harness.get(BrowserGuessesRepository)
    const now = harness.clock.now()
    const admit = async () => (await browsers.admit(victim.id, hash, now))!.session
    const ofVictim = { accountId: victim.id }
    const sessions = harness.collection('sessions')
    const kept = await admit()
    await browsers.keep(kept)
    const { guesses: before } = (await sessions.findOne(ofVictim))!
    const lost = [await admit(), await admit(), await admit()]
    await sessions.updateOne(ofVictim, { $set: { guesses: before as object } })
    for (const at of order) await browsers.keep(lost[at]!)
    expect(await sessions.findOne(ofVictim)).toMatchObject({ guesses: { count: 4 } })
    await browsers.keep(kept)
    expect(await sessions.findOne(ofVictim)).toMatchObject({ guesses: { count: 4 } })
  })

  it('forgets the guesses of a known browser a day after the last of them', async () => {
    const victim = await verified(harness)
    const browserToken = await tokenOf(victim)
    for (let wrong = 0; wrong < 9; wrong++) await guessIn(victim.handle, browserToken)
    harness.pass(DAY_MS + 1)
    for (let wrong = 0; wrong < 9; wrong++) expect((await guessIn(victim.handle, browserToken)).status).toBe(401)
  })

  it('does not lock the owner out: after the wait, from a known browser, or with a new password', async () => {
    const victim = await verified(harness)
    const cookie = cookieNamed(await logIn(harness, victim, { tokenTransport: 'cookie' }), 'mpbrowser')
    const { browserToken } = (await logIn(harness, victim)).body as { browserToken: string }
    const locked = async () => {
      await Promise.all(Array.from({ length: 12 }, () => guess(victim.handle)))
      expect((await logIn(harness, victim)).status).toBe(429)
    }
    await locked()
    expect((await logIn(harness, victim, {}, { cookie })).status).toBe(201)
    expect((await logIn(harness, victim, { browserToken })).status).toBe(201)
    expect((await logIn(harness, victim)).status).toBe(429)
    harness.pass(31_000)
    expect((await logIn(harness, victim)).status).toBe(201)
    await locked()
    await harness.anybody.post('/v1/password-resets', { email: victim.email })
    const token = await linkFor(harness, victim.id, 'reset-password')
    await harness.anybody.post('/v1/password-resets/confirm', { token, newPassword: victim.password })
    expect((await logIn(harness, victim)).status).toBe(201)
  })

  it.each([{ login: { $ne: '' } }, { login: { $gt: '' }, password: { $gt: '' } }, { login: ['a'], password: 'b' }])(
    'refuses %j',
    async (payload) => {
      const answer = await harness.anybody.post('/v1/sessions', { password: 'x', ...payload })
      expect(answer.status).toBe(422)
    },
  )
})

import { randomUUID } from 'node:crypto'
import { Connection, PersonalData } from '@mpics/mongo'
import { es256, eventually, keys, type TestService, testService } from '../src/index.js'
import { Idempotency } from '@mpics/service-kit'
import { Gate, ProfilesConfig, TinyModule } from './tiny/tiny.module.js'

describe('Idempotency-Key', () => {
  let service: TestService
  let gate: Gate
  beforeAll(async () => {
    service = await testService(TinyModule, ProfilesConfig)
    gate = service.get(Gate)
  })
  afterAll(() => service.stop())

  const entries = () => service.get<Connection>(Connection).db!.collection<{ _id: string }>('_idempotency')
  const send = (key: string, body: object, member: string) =>
    service.as(member).post('/v1/notes').set('Idempotency-Key', key).send(body)

  it('runs a call once and answers its repetition with the same', async () => {
    const [key, member] = [randomUUID(), randomUUID()]
    const before = gate.runs
    const first = await send(key, { text: 'once' }, member)
    const second = await send(key, { text: 'once' }, member)
    expect([second.status, second.body]).toEqual([201, first.body])
    expect(second.headers['idempotency-replayed']).toBe('true')
    expect(gate.runs).toBe(before + 1)
  })

  it('refuses the key with another body, and knows it not for another account', async () => {
    const [key, member] = [randomUUID(), randomUUID()]
    await send(key, { text: 'one' }, member)
    expect((await send(key, { text: 'two' }, member)).body).toMatchObject({
      status: 422,
      code: 'idempotency-key-reused',
    })
    expect((await send(key, { text: 'two' }, randomUUID())).status).toBe(201)
  })

  it('keeps callers apart of whom nothing is known: none gets in the way of another, or gets its answer', async () => {
    const key = randomUUID()
    const suggest = (text: string) => service.as().post('/v1/suggestions').set('Idempotency-Key', key).send({ text })
    const [mine, theirs, again] = [await suggest('mine'), await suggest('theirs'), await suggest('mine')]
    expect([mine.status, theirs.status, again.status]).toEqual([201, 201, 201])
    expect([theirs.body.text, theirs.headers['idempotency-replayed']]).toEqual(['theirs', undefined])
    expect([again.body, again.headers['idempotency-replayed']]).toEqual([mine.body, 'true'])
  })

  it('answers 409 while the first is still running, and runs twenty at once as one', async () => {
    const [key, member] = [randomUUID(), randomUUID()]
    const [waited, ran] = [gate.waiting, gate.runs]
    const race = Promise.all(Array.from({ length: 20 }, () => send(key, { text: 'slow', kind: 'slow' }, member)))
    await eventually(() => gate.waiting > waited)
    expect((await send(key, { text: 'slow', kind: 'slow' }, member)).body.code).toBe('idempotency-in-progress')
    gate.release()
    const codes = (await race).map(({ status }) => status).sort()
    expect(codes.filter((code) => code !== 409)).toContain(201)
    expect(codes.every((code) => code === 201 || code === 409)).toBe(true)
    expect(gate.runs).toBe(ran + 1)
  })

  it('keeps it as personal data of the account, which is exported and erased', async () => {
    const [key, member, other] = [randomUUID(), randomUUID(), randomUUID()]
    await send(key, { text: 'mine' }, member)
    await send(key, { text: 'not mine' }, other)
    const kept = service
      .get(PersonalData)
      .held()
      .find(({ store }) => 'collection' in store && store.collection === '_idempotency')!
    const exported = async (accountId: string) => {
      const found = []
      for await (const record of kept.export(accountId)) found.push(record)
      return found
    }
    expect(await exported(member)).toEqual([{ answeredWith: 201, expiresAt: expect.any(Date) }])
    expect(await kept.erase(member)).toEqual({ erased: 1, waiting: 0 })
    expect(await exported(member)).toEqual([])
    expect(await exported(other)).toHaveLength(1)
  })

  it('lets a failed call be repeated', async () => {
    const [key, member] = [randomUUID(), randomUUID()]
    expect((await send(key, { text: 'one too many' }, member)).status).toBe(409)
    expect((await send(key, { text: 'a note less' }, member)).status).toBe(201)
  })

  it('takes over what a crashed process left running, as the same call: what it makes has the same id', async () => {
    const [key, member] = [randomUUID(), randomUUID()]
    const first = await send(key, { text: 'crash' }, member)
    await entries().updateOne({ accountId: member }, { $unset: { answer: 1 }, $set: { leaseUntil: new Date(0) } })
    const second = await send(key, { text: 'crash' }, member)
    expect([second.status, second.body]).toEqual([201, first.body])
    expect(second.headers['idempotency-replayed']).toBeUndefined()
    expect((await send(randomUUID(), { text: 'crash' }, member)).body.id).not.toBe(first.body.id)
  })

  it('goes on as the same call, at once, after an attempt of which nobody knows what it did', async () => {
    const [key, member] = [randomUUID(), randomUUID()]
    expect((await send(key, { text: 'x', kind: 'broken' }, member)).status).toBe(500)
    expect((await send(key, { text: 'x', kind: 'broken' }, member)).status).toBe(500)
    expect((await send(key, { text: 'y' }, member)).body.code).toBe('idempotency-key-reused')
  })

  it('keeps neither the key nor the body, for a day at most, and forgets them with the account', async () => {
    const [key, member] = [randomUUID(), randomUUID()]
    await send(key, { text: 'private thoughts' }, member)
    const [entry] = await entries()
      .find({ accountId: member } as never)
      .toArray()
    const { answer, ...kept } = entry as unknown as { answer: object; expiresAt: Date }
    expect(answer).toBeDefined()
    expect(JSON.stringify(kept)).not.toMatch(new RegExp(`${key}|private`))
    expect(kept.expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(24 * 3_600_000)
    expect((await entries().indexes()).some(({ expireAfterSeconds }) => expireAfterSeconds === 0)).toBe(true)
    await service.get(Idempotency).eraseAccount(member)
    expect(await entries().countDocuments({ accountId: member })).toBe(0)
  })

  it('refuses a key that is none', async () => {
    expect((await send('x'.repeat(256), { text: 'x' }, randomUUID())).body.errors[0].path).toBe('Idempotency-Key')
  })

  it('begins nothing for a caller that waits no longer', async () => {
    const ran = gate.runs
    const answer = await service.as(randomUUID()).post('/v1/notes').set('x-time-budget-ms', '0').send({ text: 'late' })
    expect([answer.status, gate.runs]).toEqual([503, ran])
  })
})

describe('Idempotency-Key while the service changes its own key', () => {
  const [former, next] = [JSON.parse(keys().privateKey('profiles')) as object, es256('profiles').private]
  const services: TestService[] = []
  const start = async (...signing: object[]) => {
    const shared = services[0]?.environment
    const environment = { ...shared, INTERNAL_PRIVATE_KEY: JSON.stringify({ keys: signing }) }
    services.push(await testService(TinyModule, ProfilesConfig, { environment }))
    return services.at(-1)!
  }
  afterAll(async () => {
    for (const one of services.slice(1).reverse()) await one.halt()
    await services[0]!.stop()
  })

  it('is known to replicas with the former key, with both, and to those with the next one afterwards', async () => {
    const [before, during, after] = [await start(former), await start(next, former), await start(next)]
    const [member, body] = [randomUUID(), { text: 'once' }]
    const send = (to: TestService, key: string, said = body) =>
      to.as(member).post('/v1/notes').set('Idempotency-Key', key).send(said)
    for (const [first, second] of [
      [before, during],
      [during, before],
      [during, after],
      [after, during],
    ] as const) {
      const key = randomUUID()
      const { status, body: answer } = await send(first, key)
      const repeated = await send(second, key)
      expect([status, repeated.body, repeated.headers['idempotency-replayed']]).toEqual([201, answer, 'true'])
      expect((await send(second, key, { text: 'another' })).body.code).toBe('idempotency-key-reused')
    }
  })

  it('lets one of two replicas with different keys run it', async () => {
    const [before, during] = services as [TestService, TestService]
    const [key, member] = [randomUUID(), randomUUID()]
    const slow = (to: TestService) =>
      to.as(member).post('/v1/notes').set('Idempotency-Key', key).send({ text: 'slow', kind: 'slow' })
    const ran = () => before.get(Gate).runs + during.get(Gate).runs
    const earlier = ran()
    const race = Promise.all([before, during, before, during].map(slow))
    await eventually(() => before.get(Gate).waiting + during.get(Gate).waiting > 0)
    const codes = race.then((answers) => answers.map(({ status }) => status).sort())
    let done = false
    void race.finally(() => (done = true))
    await eventually(() => {
      before.get(Gate).release()
      during.get(Gate).release()
      return done
    })
    expect(ran()).toBe(earlier + 1)
    expect((await codes).filter((code) => code !== 409)).toContain(201)
  })
})

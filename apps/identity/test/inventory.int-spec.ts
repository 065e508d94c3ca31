import { identity } from '@mpics/contracts'
import { Ledger } from '../src/ledger/ledger.js'
import { inventory } from '../src/inventory/inventory.generated.js'
import { ServiceHarness } from './setup/service-harness.js'
import { verified } from './setup/people.js'

describe('what is held, as identity says it', () => {
  let harness: ServiceHarness
  beforeAll(async () => void (harness = await ServiceHarness.open()))
  afterAll(() => harness.close())

  it('is the inventory of all services for everybody, read again only if it changed', async () => {
    const answer = await harness.anybody.get('/v1/privacy/inventory')
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual(JSON.parse(JSON.stringify(inventory)))
    const again = await harness.anybody.get('/v1/privacy/inventory', { 'if-none-match': answer.headers['etag']! })
    expect([again.status, again.text]).toEqual([304, ''])
  })

  it('is counted for the gateway alone, and nothing is held of a stranger', async () => {
    const person = await verified(harness)
    const countsOf = async (accountId: string) => {
      const { body } = await harness.from('gateway').post('/internal/held-data', { accountId })
      const { items } = body as { items: { where: string; count: number }[] }
      return Object.fromEntries(items.map(({ where, count }) => [where, count]))
    }
    expect(await countsOf(person.id)).toMatchObject({ 'identity: accounts': 1, 'identity: sessions': 0 })
    const stranger = Object.values(await countsOf('01931f3e-0000-7000-8000-000000000001'))
    expect(stranger.filter(Boolean)).toEqual([])
    expect((await harness.from('profiles').post('/internal/held-data', { accountId: person.id })).status).toBe(403)
  })

  it('says when what ends by itself will end', async () => {
    const person = await verified(harness)
    await harness.anybody.post('/v1/sessions', { login: person.handle, password: person.password })
    const { body } = await harness.from('gateway').post('/internal/held-data', { accountId: person.id })
    const { items } = body as { items: { where: string; endsFrom: string | null; endsUntil: string | null }[] }
    const sessions = items.find(({ where }) => where === 'identity: sessions')!
    const stored = await harness.collection('sessions').findOne({ accountId: person.id })
    const end = (stored!['purgeAt'] as Date).toISOString()
    expect(sessions).toMatchObject({ count: 1, endsFrom: end, endsUntil: end })
  })

  it('B66.1 shows a member every row of their ledger, by its kind, and no row of others', async () => {
    const [person, other] = [await verified(harness), await verified(harness)]
    const [ledger, noticeVersion] = [harness.get(Ledger), '2015-03-14']
    const said = {
      disclosure: { recipient: 'a court', ground: 'court-order', fields: ['email'], noticeVersion },
      look: { staffId: other.id, reason: '<b>a report</b> 📷', fields: ['bio'], noticeVersion },
      notice: { document: 'privacy', noticeVersion },
    }
    for (const { id } of [person, other]) {
      await harness.as(id).put('/v1/me/consents/email-news', { granted: false })
      await ledger.append(id, 'disclosure', said.disclosure)
      for (const reason of [said.look.reason, 'again']) await ledger.append(id, 'look', { ...said.look, reason })
      await ledger.append(id, 'notice', said.notice)
    }
    const { items } = (await harness.as(person.id).get('/v1/me/consents/history')).body as { items: Receipt[] }
    const { body } = await harness.as(person.id).get(identity.getMyLedger.path)
    expect(body).toMatchObject({ received: [said.disclosure], notices: [said.notice], closing: null })
    expect(body.looks).toMatchObject([{ ...said.look, reason: 'again' }, said.look])
    const shown = [...body.received, ...body.looks, ...body.consents, ...body.notices] as Receipt[]
    const ids = (rows: Receipt[]) => rows.map(({ receiptId }) => receiptId).sort()
    expect(ids(shown)).toEqual(ids(items))
    expect(items.length).toBeGreaterThanOrEqual(4)
  })
})

interface Receipt {
  receiptId: string
}

import { ServiceHarness } from './setup/service-harness.js'
import { register } from './setup/people.js'

describe('the accounts as profiles reads them from end to end', () => {
  let harness: ServiceHarness
  beforeAll(async () => (harness = await ServiceHarness.open()))
  afterAll(() => harness.close())

  it('are listed by id, page by page, and say nothing but their ids; for profiles alone', async () => {
    const people = [await register(harness), await register(harness), await register(harness)]
    const first = await harness.from('profiles').get('/internal/registrations?limit=2')
    const second = await harness
      .from('profiles')
      .get(`/internal/registrations?limit=2&cursor=${encodeURIComponent(first.body.nextCursor as string)}`)
    const ids = people.map(({ id }) => ({ accountId: id })).sort((a, b) => (a.accountId < b.accountId ? -1 : 1))
    expect(first.body).toEqual({ items: ids.slice(0, 2), nextCursor: expect.any(String) })
    expect(second.body).toEqual({ items: ids.slice(2), nextCursor: null })
    expect((await harness.from('media').get('/internal/registrations')).status).toBe(403)
    expect((await harness.anybody.get('/internal/registrations')).status).toBe(403)
  })
})

import { Bench } from './setup/service-harness.js'
import { register } from './setup/people.js'

describe('the accounts as profiles reads them from end to end', () => {
  let bench: Bench
  beforeAll(async () => (bench = await Bench.open()))
  afterAll(() => bench.close())

  it('are listed by id, page by page, and say nothing but their ids; for profiles alone', async () => {
    const people = [await register(bench), await register(bench), await register(bench)]
    const first = await bench.from('profiles').get('/internal/registrations?limit=2')
    const second = await bench
      .from('profiles')
      .get(`/internal/registrations?limit=2&cursor=${encodeURIComponent(first.body.nextCursor as string)}`)
    const ids = people.map(({ id }) => ({ accountId: id })).sort((a, b) => (a.accountId < b.accountId ? -1 : 1))
    expect(first.body).toEqual({ items: ids.slice(0, 2), nextCursor: expect.any(String) })
    expect(second.body).toEqual({ items: ids.slice(2), nextCursor: null })
    expect((await bench.from('media').get('/internal/registrations')).status).toBe(403)
    expect((await bench.anybody.get('/internal/registrations')).status).toBe(403)
  })
})

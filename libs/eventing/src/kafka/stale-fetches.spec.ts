import { droppingStale } from './stale-fetches.js'

describe('fetching', () => {
  const answers = (during: (group: { offsetManager?: object }) => void) => {
    const group = { offsetManager: {} }
    const fetch = droppingStale(async function (this: typeof group) {
      await Promise.resolve()
      during(this)
      return ['a batch']
    })
    return fetch.call(group, 1)
  }

  it('drops what was asked for under an earlier assignment, and nothing else', async () => {
    expect(await answers(() => undefined)).toEqual(['a batch'])
    expect(await answers((group) => (group.offsetManager = {}))).toEqual([])
  })
})

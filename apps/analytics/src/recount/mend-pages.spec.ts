import { MendPages } from './mend-pages.js'

/** Pages with so many days each, of which nothing is recounted. */
async function pagesReadAtOnce(days: Record<string, number>): Promise<string[][]> {
  const read: string[][] = []
  const nothing = async () => new Map<never, never>()
  const stored = {
    countsFrom: async () => new Map(Object.entries(days)),
    stored: async (pages: string[]) => (read.push(pages), []),
    before: async function* () {},
    replace: async () => undefined,
  }
  const recount = {
    kept: { earliest: '', before: () => '' },
    isBehind: () => false,
    pages: { daysOf: () => new Map<never, never>(), ownOf: () => undefined },
  }
  const mend = new MendPages({ stored: nothing, correct: async () => undefined } as never, stored as never)
  await mend.execute(recount as never, Object.keys(days), new AbortController().signal)
  return read
}

it('a rebuild holds the days of as many pages as are a thousand days, or of one page', async () => {
  const read = await pagesReadAtOnce({ a: 400, b: 400, c: 400, d: 5_000, e: 0, f: 1 })
  expect(read).toEqual([['a', 'b'], ['c'], ['d'], ['e', 'f']])
})

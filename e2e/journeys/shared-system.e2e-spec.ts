import { join } from 'node:path'
import { SharedSystem } from '../driver/shared-system.js'

describe('a system that test files share', () => {
  it('is started once, and again after its end', async () => {
    const start = jest.fn(() => Promise.resolve({}))
    const end = jest.fn(() => Promise.resolve())
    const shared = new SharedSystem({ start, end })
    const [one, other] = await Promise.all([shared.started(), shared.started()])
    expect(other).toBe(one)
    await shared.end()
    await shared.started()
    await shared.close()
    expect([start.mock.calls.length, end.mock.calls.length]).toEqual([2, 2])
  })

  it.each([
    ['warned', { start: () => Promise.resolve({}), end: () => Promise.reject(new Error('Services warned')) }],
    ['did not start', { start: () => Promise.reject(new Error('Services warned')), end: () => Promise.resolve() }],
  ])('tells the end of the run that it %s, and not the file after it', async (_what, life) => {
    const shared = new SharedSystem(life)
    await shared.started().catch(() => {})
    await expect(shared.end()).resolves.toBeUndefined()
    await expect(shared.close()).rejects.toThrow('Services warned')
    await expect(shared.close()).resolves.toBeUndefined()
  })
})

interface Test {
  path: string
  context: { config: { rootDir: string } }
}

interface Sequencer {
  sort(tests: Test[]): Test[]
  shard(tests: Test[], options: { shardIndex: number; shardCount: number }): Test[]
  hasFailed(test: Test): boolean
  allFailedTests(tests: Test[]): Test[]
}

describe('the order of test files', () => {
  const context = { config: { rootDir: join(__dirname, '..') } }
  const testOf = (name: string): Test => ({ path: join(__dirname, name), context })
  const [alone, sharing] = [testOf('round-trips.e2e-spec.ts'), testOf('tour.e2e-spec.ts')]
  let order: Sequencer
  beforeAll(async () => {
    const path = join(__dirname, '../driver/shared-first.mjs')
    const { default: SharedFirst } = (await import(path)) as { default: new () => Sequencer }
    order = new SharedFirst()
  })

  it('begins with those that share a system', () => {
    expect(order.sort([alone, sharing])).toEqual([sharing, alone])
  })

  it('is of the part of a run, and of those that failed, too', () => {
    const parts = [1, 2].map((shardIndex) => order.shard([alone, sharing], { shardIndex, shardCount: 2 }))
    expect(parts.map(({ length }) => length)).toEqual([1, 1])
    expect(order.sort(parts.flat())).toEqual([sharing, alone])
    order.hasFailed = () => true
    expect(order.allFailedTests([alone, sharing])).toEqual([sharing, alone])
  })
})

import { FairQueue } from './fair-queue.js'

describe('a fair queue', () => {
  function open(places: number, room = 100) {
    const queue = new FairQueue(places, room, () => new Error('full'))
    const [started, ends]: [string[], Map<string, (error?: Error) => void>] = [[], new Map()]
    const add = (name: string, cost = 1) =>
      queue.run({ account: name.charAt(0), cost }, async () => {
        started.push(name)
        await new Promise<void>((resolve, reject) => ends.set(name, (error) => (error ? reject(error) : resolve())))
      })
    const end = async (name: string, error?: Error) => {
      ends.get(name)!(error)
      await new Promise(setImmediate)
    }
    return { add, end, started }
  }

  it('runs so many jobs at once, the others in order, and goes on after one that failed', async () => {
    const { add, end, started } = open(2)
    const [first, ...others] = ['a', 'b', 'c', 'd'].map((name) => add(name))
    expect(started).toEqual(['a', 'b'])
    await Promise.all([expect(first).rejects.toThrow('broken'), end('a', new Error('broken'))])
    expect(started).toEqual(['a', 'b', 'c'])
    await end('b')
    await end('c')
    await end('d')
    await Promise.all(others)
    expect(started).toEqual(['a', 'b', 'c', 'd'])
  })

  it('runs a job at once or not at all', async () => {
    const queue = new FairQueue(1, 100, () => new Error('full'))
    const { promise: over, resolve: end } = Promise.withResolvers<string>()
    const first = queue.runAtOnce({ account: 'a', cost: 1 }, () => over)
    expect(queue.runAtOnce({ account: 'b', cost: 1 }, () => Promise.resolve('never'))).toBeUndefined()
    end('done')
    expect(await first).toBe('done')
    expect(await queue.runAtOnce({ account: 'b', cost: 1 }, () => Promise.resolve('now'))).toBe('now')
  })

  it('gives every account its turn, however many jobs one of them has', async () => {
    const { add, end, started } = open(1)
    for (const name of ['a1', 'a2', 'a3', 'a4', 'b1', 'c1', 'b2']) void add(name)
    for (const name of ['a1', 'a2', 'b1', 'c1', 'a3']) await end(name)
    expect(started).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2'])
  })

  it('lets a small job pass the large ones of many others, which come in the end', async () => {
    const { add, end, started } = open(1)
    for (const name of ['a', 'b', 'c', 'd']) void add(name, 100)
    void add('e', 1)
    await end('a')
    expect(started).toEqual(['a', 'e'])
    for (const name of ['e', 'b', 'c']) await end(name)
    expect(started).toEqual(['a', 'e', 'b', 'c', 'd'])
  })

  it('gives a large job its turn, however many small ones of new accounts come', async () => {
    const { add, end, started } = open(1)
    const small = (at: number) => void add(String.fromCharCode(0x100 + at))
    small(0)
    void add('b', 10)
    for (let at = 1; at < 60 && !started.includes('b'); at++) {
      small(at)
      await end(started.at(-1)!)
    }
    expect(started.indexOf('b')).toBeGreaterThan(5)
  })

  it('sends newcomers away, not a large job that waits', async () => {
    const { add, end, started } = open(1, 2)
    void add('a')
    void add('b', 100)
    void add('c')
    await end('a')
    void add('d')
    await expect(add('e', 2)).rejects.toThrow('full')
    for (const name of ['c', 'd']) await end(name)
    expect(started).toEqual(['a', 'c', 'd', 'b'])
  })

  it('sends away who is last, not who comes last', async () => {
    const { add, end, started } = open(1, 2)
    void add('a0')
    void add('a1')
    const last = add('a2')
    void add('b1')
    await expect(last).rejects.toThrow('full')
    await expect(add('a3')).rejects.toThrow('full')
    await end('a0')
    await end(started[1]!)
    expect(started.sort()).toEqual(['a0', 'a1', 'b1'])
  })
})

import { FairQueue } from './fair-queue.js'

const served = (queue: FairQueue<string>): string[] => {
  const items: string[] = []
  for (let item = queue.next(); item !== undefined; item = queue.next()) items.push(item)
  return items
}
const joined = (...items: [name: string, ...flows: string[]][]) => {
  const queue = new FairQueue<string>()
  for (const [name, ...flows] of items) queue.join(name, flows)
  return queue
}

it('serves a newcomer before the rest of a flood', () => {
  const queue = joined(['a1', 'a'], ['a2', 'a'], ['a3', 'a'], ['b1', 'b'], ['b2', 'b'])
  expect(served(queue)).toEqual(['a1', 'b1', 'a2', 'b2', 'a3'])
})

it('counts an item in each of its flows, so that neither many accounts nor many networks evade it', () => {
  const queue = joined(['x1', 'x', 'net'], ['y1', 'y', 'net'], ['x2', 'x', 'net2'], ['z1', 'z', 'net3'])
  expect(served(queue)).toEqual(['x1', 'z1', 'y1', 'x2'])
})

it('does not carry the backlog of a network over to an account that it names', () => {
  const queue = joined(
    ['1', 'a', 'net'],
    ['2', 'b', 'net'],
    ['3', 'c', 'net'],
    ['4', 'victim', 'net'],
    ['5', 'd', 'net'],
  )
  queue.join('victim', ['victim', 'home'])
  expect(served(queue)).toEqual(['1', '2', 'victim', '3', '4', '5'])
})

it('goes on where a flow was while others are served', () => {
  const queue = joined(['a1', 'a'], ['b1', 'b'])
  expect(queue.next()).toBe('a1')
  queue.join('a2', ['a'])
  queue.join('c1', ['c'])
  expect(served(queue)).toEqual(['b1', 'c1', 'a2'])
})

it('drops the last of the busiest flow, which it then has not to pay for', () => {
  const queue = joined(['a1', 'a'], ['a2', 'a'], ['a3', 'a'], ['b1', 'b'])
  expect([queue.wouldDrop(['a']), queue.wouldDrop(['c'])]).toEqual([true, false])
  expect(queue.drop()).toEqual({ item: 'a3', byItself: true })
  queue.join('a3', ['a'])
  expect(queue.drop()).toEqual({ item: 'a3', byItself: true })
  queue.join('a3', ['a'])
  queue.join('b2', ['b'])
  expect(served(queue)).toEqual(['a1', 'b1', 'a2', 'b2', 'a3'])
  expect(queue.drop()).toBeUndefined()
})

it('drops the newest when all are alike, which is no fault of its own', () => {
  const queue = joined(['a', 'a'], ['b', 'b'])
  expect(queue.wouldDrop(['c'])).toBe(true)
  queue.join('c', ['c'])
  expect(queue.drop()).toEqual({ item: 'c', byItself: false })
})

it('remembers a bounded number of flows, however many come', () => {
  const queue = new FairQueue<number>()
  for (let n = 0; n < 20_000; n++) {
    queue.join(n, [`account ${n}`, `network ${n}`])
    if (n > 32) queue.next()
  }
  expect(queue.flows).toBeLessThanOrEqual(4_096)
})

import fc from 'fast-check'
import { runs } from '../../test/model/runs.js'
import { share } from './subscription-assigner.js'

const three = () => [0, 1, 2]

describe('sharing partitions', () => {
  it('gives each partition to exactly one of those who read its topic', () => {
    const old = { memberId: 'old', topics: ['a'] }
    const next = { memberId: 'new', topics: ['a', 'b'] }
    const shares = share([old, next], three)
    expect(shares.get('new')).toEqual({ a: [0, 2], b: [0, 1, 2] })
    expect(shares.get('old')).toEqual({ a: [1] })
  })

  it('is the same whoever computes it', () => {
    const members = ['x', 'y', 'z'].map((memberId) => ({ memberId, topics: ['a', 'b'] }))
    expect(share(members, three)).toEqual(share([...members].reverse(), three))
  })

  it('gives each partition to one of those who read its topic, evenly where all read all', () => {
    const topics = ['a', 'b', 'c']
    const members = fc.array(fc.subarray(topics, { minLength: 1 }), { minLength: 1, maxLength: 5 })
    const property = fc.property(members, fc.integer({ min: 1, max: 7 }), (subscriptions, partitions) => {
      const subscribers = subscriptions.map((mine, i) => ({ memberId: `m${i}`, topics: mine }))
      const shares = share(subscribers, () => Array.from({ length: partitions }, (_, i) => i))
      const given = [...shares].flatMap(([memberId, mine]) =>
        Object.entries(mine).flatMap(([topic, held]) =>
          held.map((partition) => ({ memberId, name: `${topic}/${partition}`, topic })),
        ),
      )
      const read = new Set(subscriptions.flat())
      expect(new Set(given.map(({ name }) => name)).size).toBe(given.length)
      expect(given.length).toBe(read.size * partitions)
      for (const { memberId, topic } of given)
        expect(subscribers.find((one) => one.memberId === memberId)!.topics).toContain(topic)
      if (subscriptions.some((mine) => mine.length < topics.length)) return
      const sizes = [...shares].map(([memberId]) => given.filter((one) => one.memberId === memberId).length)
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
    })
    fc.assert(property, runs(300))
  })
})

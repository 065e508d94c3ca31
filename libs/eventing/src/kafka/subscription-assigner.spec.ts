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
})

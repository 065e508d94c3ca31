import fc from 'fast-check'
import { sharesOf } from './shares-of.js'

describe('shares of pages', () => {
  const weights = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 60 })

  it('hold each page once, in order, and weigh no more than one may or one page alone does', () => {
    fc.assert(
      fc.property(weights, (items) => {
        const shares = sharesOf(items, (weight) => weight, 20)
        expect(shares.flat()).toEqual(items)
        for (const share of shares)
          expect(share.length === 1 || share.reduce((sum, weight) => sum + weight, 0) <= 20).toBe(true)
      }),
    )
  })

  it('are as few as they can be', () => {
    expect(sharesOf([5, 5, 5, 5, 30, 1], (weight) => weight, 20)).toEqual([[5, 5, 5, 5], [30], [1]])
  })
})

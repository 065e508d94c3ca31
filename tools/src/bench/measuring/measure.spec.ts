import { median } from './measure.js'

it('tells the middle one', () => {
  expect(median([3, 1, 2])).toBe(2)
})

it('tells what lies between the two in the middle', () => {
  expect(median([97, 48])).toBe(72.5)
  expect(median([4, 1, 3, 2])).toBe(2.5)
})

it('is no number where nothing was measured', () => {
  expect(median([])).toBeNaN()
})

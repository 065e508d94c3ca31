import { RandomIds } from './random-ids.js'

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

it('random ids are UUIDs of version 4, and none comes twice', () => {
  const ids = new RandomIds()
  const made = Array.from({ length: 1_000 }, () => ids.next())
  expect(made.filter((id) => !UUID_V4.test(id))).toEqual([])
  expect(new Set(made).size).toBe(1_000)
  const digits = new Set(made.map((id) => id[0]))
  expect(digits.size).toBe(16)
})

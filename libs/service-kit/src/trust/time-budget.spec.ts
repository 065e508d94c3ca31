import { defineApi } from '@mpics/contracts'
import { withinRequest } from '../logging/request-context.js'
import { UnavailableError } from '../problems/general.errors.js'
import { deadlineOf, isChange, timeBudget, waitFor } from './time-budget.js'

const named = { name: 'x', service: 'media', path: '/x', summary: 'x', scope: null } as const
const read = defineApi({ ...named, method: 'GET', access: 'anonymous' })
const change = defineApi({ ...named, method: 'POST', access: 'member' })
const lookUp = defineApi({ ...named, method: 'POST', access: { services: ['gateway'] } })

const withBudget = <T>(ms: number, run: () => T): T =>
  withinRequest({ id: 'x', deadline: deadlineOf(String(ms))! }, run)

describe('the time of a call', () => {
  it('is longer for a change than for anything that is safe to repeat', () => {
    expect([read, change, lookUp].map(isChange)).toEqual([false, true, false])
    expect([read, change, lookUp].map(waitFor)).toEqual([2_000, 30_000, 2_000])
  })

  it('is never longer than that of the request for which it is made', () => {
    withBudget(800, () => {
      for (const api of [read, change]) expect(waitFor(api)).toBeLessThanOrEqual(800)
      expect(waitFor(change)).toBeGreaterThan(700)
    })
  })

  it('is told to the other service shorter than it is waited for', () => {
    expect(timeBudget(30_000)).toEqual({ 'x-time-budget-ms': '27000' })
  })

  it('is over when nobody waits any more', () => {
    withBudget(0, () => expect(() => waitFor(change)).toThrow(UnavailableError))
  })

  it.each([undefined, '', '-1', '1.5', 'soon', '1e9', ['1', '2']])('is not told by %j', (header) => {
    expect(deadlineOf(header)).toBeUndefined()
  })
})

import { identify, isRunning, ticksOf } from './process-identity.js'

describe('process identity', () => {
  const stat = (state: string) => `42 (a ) b) ${state} ${Array.from({ length: 49 }, (_, i) => i + 1).join(' ')}`

  it('reads the start time behind a name with spaces and parentheses', () => {
    expect(ticksOf(stat('S'))).toBe('19')
  })

  it('takes a zombie for gone', () => {
    expect(ticksOf(stat('Z'))).toBeNull()
  })

  it('tells this process from an earlier one of the same pid', () => {
    const self = identify(process.pid)!
    expect(isRunning(self)).toBe(true)
    expect(isRunning({ ...self, startedAt: '1' })).toBe(false)
    expect(isRunning({ ...self, boot: 'another' })).toBe(false)
  })
})

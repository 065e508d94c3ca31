import { MINUTE_MS } from '@mpics/contracts/durations'
import { type Slot, takeSlot } from './budget.js'

const start = Date.parse('2026-03-01T12:00:00Z')
const at = (minutes: number) => new Date(start + minutes * MINUTE_MS)
const slot = (emailId: string, minutes: number): Slot => ({ emailId, accountId: 'a', at: at(minutes) })
const taken = [slot('one', 0), slot('two', 10), slot('three', 20)]

describe('the share of an address', () => {
  it('is so many mails an hour, and says when the next one may go', () => {
    expect(takeSlot(taken.slice(0, 2), slot('three', 20), 3)).toEqual({ slots: taken })
    expect(takeSlot(taken, slot('four', 30), 3)).toEqual({ freeAt: at(60) })
    expect(takeSlot(taken, slot('four', 60), 3)).toEqual({ slots: [...taken, slot('four', 60)] })
    expect(takeSlot([...taken, slot('four', 60)], slot('five', 61), 3)).toEqual({ freeAt: at(70) })
  })

  it('is not taken twice by a mail that is tried again, but anew after an hour', () => {
    expect(takeSlot(taken, slot('one', 30), 3)).toEqual({ slots: taken })
    expect(takeSlot(taken, slot('one', 65), 3)).toEqual({ slots: [...taken, slot('one', 65)] })
  })

  it('forgets what is older than two hours', () => {
    expect(takeSlot(taken, slot('four', 125), 3)).toEqual({ slots: [taken[1], taken[2], slot('four', 125)] })
  })
})

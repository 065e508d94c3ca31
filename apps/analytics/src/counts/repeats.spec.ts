import { type LoggedView, PERSON } from '../view-log/logged-view.js'
import { Repeats } from './repeats.js'

const blank = {
  crawlerOf: null,
  referrer: null,
  country: null,
  browser: null,
  os: null,
  device: null,
  language: null,
  agent: null,
}
const look = (time: string, visitor: string | null = 'a', page = '/explore'): LoggedView => ({
  ...{ ...blank, kind: PERSON, place: null },
  ...{ at: new Date(`2026-01-28T${time}:00Z`), visitor, page },
})

describe('repeats', () => {
  const repeats = (...views: LoggedView[]) => {
    const known = new Repeats()
    return views.map((view) => known.isRepeat(view))
  }

  it('are views by the same browser of the same page within half an hour', () => {
    expect(repeats(look('10:00'), look('10:30'), look('11:01'), look('11:02', 'b'), look('11:03', 'a', '/'))).toEqual([
      false,
      true,
      ...[false, false, false],
    ])
    expect(repeats(look('10:00', null), look('10:00', null))).toEqual([false, false])
  })

  it('are none where views of another time came before, as agents deliver them', () => {
    expect(repeats(look('11:50'), look('10:00'), look('11:40'))).toEqual([false, false, true])
    expect(repeats(look('11:50'), look('10:00'), look('10:10'))).toEqual([false, false, true])
  })
})

import { timeZone } from './time-zone.js'

describe('a time zone', () => {
  it.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['europe/berlin', 'Europe/Berlin'],
    ['AMERICA/PORT-AU-PRINCE', 'America/Port-au-Prince'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['asia/kolkata', 'Asia/Kolkata'],
    ['utc', 'UTC'],
  ])('%s is %s', (typed, spelled) => expect(timeZone.parse(typed)).toBe(spelled))

  it.each(['+02:00', '-0330', '+14', '−05:00', 'Atlantis/Capital', '', 'Europe', 'Europe/Berlin '])(
    '%j is none',
    (typed) => expect(timeZone.safeParse(typed).success).toBe(false),
  )
})

import { timeZone } from './time-zone.js'

describe('a time zone', () => {
  it.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['europe/berlin', 'Europe/Berlin'],
    ['AMERICA/PORT-AU-PRINCE', 'America/Port-au-Prince'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['asia/kolkata', 'Asia/Kolkata'],
    ['ASIA/KOLKATA', 'Asia/Kolkata'],
    ['asia/calcutta', 'Asia/Calcutta'],
    ['us/eastern', 'US/Eastern'],
    ['america/argentina/buenos_aires', 'America/Argentina/Buenos_Aires'],
    ['utc', 'UTC'],
  ])('%s is %s', (typed, spelled) => expect(timeZone.parse(typed)).toBe(spelled))

  it.each([
    '+02:00',
    '-0330',
    '+14',
    '−05:00',
    'Atlantis/Capital',
    '',
    'Europe',
    'Europe/Berlin ',
    'EST',
    'PST',
    'ACT',
    'IST',
    'gmt',
    'Etc/GMT+5',
    'gb-eire',
    'constructor',
  ])('%j is none', (typed) => expect(timeZone.safeParse(typed).success).toBe(false))

  it('is one that times can be told in', () => {
    for (const link of ['America/Knox_IN', 'Australia/LHI', 'Europe/Kyiv', 'US/Indiana-Starke'])
      expect(() => new Intl.DateTimeFormat('en', { timeZone: timeZone.parse(link.toUpperCase()) })).not.toThrow()
  })
})

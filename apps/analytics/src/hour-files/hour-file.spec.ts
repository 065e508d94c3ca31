import { hourOfKey, hourTables, keyOf } from './hour-file.js'

describe('the key of an object of the lake', () => {
  it('is partitioned as Hive does, and says its hour', () => {
    const hour = new Date('2026-11-29T09:00:00Z')
    expect(hourTables.map((table) => keyOf(table, hour))).toEqual([
      'traffic-hourly/day=2026-11-29/traffic-hourly-2026-11-29T09.parquet',
      'views/day=2026-11-29/hour=09/views-2026-11-29T09.parquet',
    ])
    for (const table of hourTables) expect(hourOfKey(keyOf(table, hour))).toEqual(hour)
    const others = [
      'views/',
      'views/day=2026-11-29/hour=09/views-2026-11-28T09.parquet',
      'views/day=2026-99-99/x.parquet',
    ]
    expect(others.map(hourOfKey)).toEqual([undefined, undefined, undefined])
  })
})

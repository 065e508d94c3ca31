const ID = '01a20b52-031d-730e-991b-18139d81131f'

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

export const forgedCursors: readonly string[] = [
  ...[
    ['abc', ID],
    [ID, 'abc'],
    [{ $gt: '' }, ID],
    [{ $ne: null }, { $ne: null }],
    [null, null],
    [1e308, ID],
    [-1, ID],
    ['2026-02-30T00:00:00.000Z', ID],
    ['+275760-09-13T00:00:00.001Z', ID],
    [[], []],
    [true, ID],
    ['', ''],
    ['\u0000', ID],
    ['2026-01-01T00:00:00.000Z', ID, 'more'],
    [],
    {},
    { at: 'abc', id: ID },
    'abc',
    7,
    null,
  ].map(encoded),
  Buffer.from('["abc",').toString('base64url'),
  Buffer.from('[1e999,1]').toString('base64url'),
  Buffer.from([0xff, 0xfe, 0x00]).toString('base64url'),
  'x',
  '-',
  'x'.repeat(512),
  ID,
]

export const spoilt = (cursor: string): string[] => [
  cursor.slice(0, -1),
  cursor.slice(1),
  `${cursor}A`,
  cursor.slice(0, -1) + (cursor.endsWith('A') ? 'Q' : 'A'),
  (cursor.startsWith('A') ? 'B' : 'A') + cursor.slice(1),
  cursor + cursor,
]

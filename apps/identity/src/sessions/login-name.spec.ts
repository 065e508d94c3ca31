import { loginKeyOf } from './login-name.js'

it.each(['bug_x', 'bug_x ', ' bug_x', '@bug_x', ' @Bug_X\u00A0', '\u200Ebug_x\u200B', '＠bug_x'])(
  '%j names bug_x',
  (login) => expect(loginKeyOf(login)).toBe('bug_x'),
)

it.each(['bug@example.org', 'Bug@Example.org ', '\tbug@example.org'])('%j names the address', (login) =>
  expect(loginKeyOf(login)).toBe('bug@example.org'),
)

it.each(['@@bug_x', 'bug x', '@bug@example.org', 'bug_x@'])('%j does not name bug_x', (login) =>
  expect(loginKeyOf(login)).not.toBe('bug_x'),
)

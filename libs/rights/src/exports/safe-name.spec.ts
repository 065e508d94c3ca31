import fc from 'fast-check'
import { safeName } from './safe-name.js'

describe('a title as the name of a file', () => {
  it.each([
    ['Lift-off', 'Lift-off'],
    ['../../etc/passwd', 'etc_passwd'],
    ['..', ''],
    ['a\0b\u202egpj.exe', 'a_b_gpj.exe'],
    ['C:\\x', 'C_x'],
    ['ends in dots...', 'ends in dots'],
    ['👩‍👩‍👧‍👦 at home', '👩‍👩‍👧‍👦 at home'],
    ['e\u0301', '\u00e9'],
    ['x'.repeat(300), 'x'.repeat(80)],
    ['🌍'.repeat(100), '🌍'.repeat(20)],
    ['\ud800 alone', 'alone'],
  ])('%j becomes %j', (title, name) => expect(safeName(title)).toBe(name))

  it('is never a path, too long, or invisible', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (title) => {
        const name = safeName(title)
        expect(name).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069<>:"/\\|?*]|^\.|[. ]$/u)
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(80)
        expect(name.isWellFormed()).toBe(true)
      }),
    )
  })
})

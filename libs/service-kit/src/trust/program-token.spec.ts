import { isProgramToken, newProgramToken, programTokenOf } from './program-token.js'

describe('the token of a program', () => {
  const token = newProgramToken()

  it('is known by its prefix and its checksum, and never made twice', () => {
    expect(token).toMatch(/^mpat_[0-9A-Za-z]{38}$/)
    expect(isProgramToken(token)).toBe(true)
    expect(newProgramToken()).not.toBe(token)
    const other = (at: number) => (token[at] === 'a' ? 'b' : 'a')
    for (let at = 5; at < token.length; at++)
      expect(isProgramToken(token.slice(0, at) + other(at) + token.slice(at + 1))).toBe(false)
  })

  it('stands alone in its header', () => {
    expect([programTokenOf(`Bearer ${token}`), programTokenOf(`bearer  ${token}`)]).toEqual([token, token])
    const others = [token, `Bearer ${token} x`, `Bearer ${token}x`, `Basic ${token}`, `Bearer ${token.toLowerCase()}`]
    for (const header of [...others, `Bearer ${' '.repeat(100)}${token}`])
      expect(programTokenOf(header)).toBeUndefined()
  })
})

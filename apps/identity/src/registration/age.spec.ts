import { IdentityConfig } from '../config.js'
import { Secrets } from '../keys/secrets.js'
import { BirthDateImplausibleError } from '../accounts/account.errors.js'
import { AgeCookie } from './age-cookie.js'
import { isUnderAge } from './age.js'

const now = new Date('2026-03-01T00:00:00Z')

describe('B60 age', () => {
  it.each([
    ['2013-03-01', false],
    ['2013-03-02', true],
    ['2026-03-01', true],
    ['1990-05-17', false],
  ])('%s: under age %s', (birthDate, under) => expect(isUnderAge(birthDate, now)).toBe(under))

  it('turns 13 on 1 March when born on 29 February', () => {
    expect(isUnderAge('2012-02-29', new Date('2025-02-28T23:59:59Z'))).toBe(true)
    expect(isUnderAge('2012-02-29', new Date('2025-03-01T00:00:00Z'))).toBe(false)
  })

  it.each(['2026-03-02', '1896-03-01'])('takes nobody for born on %s', (birthDate) =>
    expect(() => isUnderAge(birthDate, now)).toThrow(BirthDateImplausibleError),
  )
})

describe('B60 the cookie of a refused browser', () => {
  const config = (...IDENTITY_SECRET: string[]) =>
    ({ IDENTITY_SECRET, PUBLIC_URL: 'https://mpics.example' }) as unknown as IdentityConfig
  const cookieOf = (...secrets: string[]) => new AgeCookie(new Secrets(config(...secrets)), config())
  const [former, next] = ['x'.repeat(32), 'y'.repeat(32)]
  const made = cookieOf(former).make(now)
  const sent = made.split(';', 1)[0]
  const inHours = (hours: number) => new Date(now.getTime() + hours * 3_600_000)

  it('B28 is alphanumeric, and HttpOnly, Secure, SameSite, host-only, for 24 hours', () => {
    expect(made).toMatch(
      /^__Secure-mpage=[a-z0-9]{76}; Max-Age=86400; Path=\/v1\/accounts; HttpOnly; SameSite=Strict; Secure$/,
    )
  })

  it('refuses for 24 hours, among other cookies too', () => {
    expect(cookieOf(former).refuses(sent, inHours(23))).toBe(true)
    expect(cookieOf(former).refuses(`a=b; ${sent}; c=d`, now)).toBe(true)
    expect(cookieOf(former).refuses(sent, inHours(24))).toBe(false)
  })

  it('believes nothing that it did not make', () => {
    const longer = `__Secure-mpage=00${'f'.repeat(10)}${made.slice(27, 91)}`
    expect(cookieOf(former).refuses(longer, now)).toBe(false)
    expect(cookieOf(former).refuses('__Secure-mpage=abc', now)).toBe(false)
    expect(cookieOf(former).refuses(sent?.replace('__Secure-', ''), now)).toBe(false)
    expect(cookieOf(former).refuses(undefined, now)).toBe(false)
  })

  it('still refuses while the secret is replaced', () => {
    expect(cookieOf(next, former).refuses(sent, now)).toBe(true)
    expect(cookieOf(next).refuses(sent, now)).toBe(false)
  })
})

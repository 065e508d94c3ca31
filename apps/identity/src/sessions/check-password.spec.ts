import { RateLimitedError } from '@mpics/service-kit'
import type { Account } from '../accounts/account.js'
import type { AccountRepository } from '../accounts/account.repository.js'
import { HashingBusyError } from '../passwords/hashing-busy.error.js'
import type { PasswordHasher } from '../passwords/password-hasher.js'
import { CheckPassword } from './check-password.js'
import type { KnownBrowsers } from './known-browsers.js'
import type { LogInGuesses } from './log-in-guesses.js'

const credentials = { login: 'ada', password: 'right', browserToken: undefined, network: undefined }
const account = {
  id: '01931f3e-0000-7000-8000-000000000001',
  passwordHash: 'weak',
  emailVerifiedAt: new Date(0),
  registeredAt: new Date(0),
} as Account

function checking(hash: () => Promise<string>) {
  const change = jest.fn()
  const check = new CheckPassword(
    { findByHandle: () => Promise.resolve(account), change } as unknown as AccountRepository,
    { mayKnow: () => false } as unknown as KnownBrowsers,
    {
      begin: (name: string) => Promise.resolve({ name }),
      succeeded: () => Promise.resolve(),
    } as unknown as LogInGuesses,
    {
      requirePlace: () => undefined,
      verify: () => Promise.resolve(true),
      isOutdated: () => true,
      hash,
    } as unknown as PasswordHasher,
    { now: () => new Date() },
  )
  return { change, checked: check.execute(credentials) }
}

describe('a password that matches a weaker hash', () => {
  it.each([new RateLimitedError(1), new HashingBusyError(1)])(
    'logs in although a flood leaves no place for a stronger one: %s',
    async (refusal) => {
      const { change, checked } = checking(() => Promise.reject(refusal))
      await expect(checked).resolves.toEqual({ account })
      expect(change).not.toHaveBeenCalled()
    },
  )

  it('stores a stronger one', async () => {
    const { change, checked } = checking(() => Promise.resolve('strong'))
    await checked
    expect(change).toHaveBeenCalledTimes(1)
  })
})

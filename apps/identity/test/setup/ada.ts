import { HOUR_MS } from '@mpics/contracts/durations'
import { type Account, registerAccount } from '../../src/accounts/account.js'

export const ADA = '01931f3e-0000-7000-8000-000000000001'

export const linkOf = (tokenHash: string, requestedAt: Date, hours = 1) => ({
  ...{ id: ADA, tokenHash, requestedAt },
  expiresAt: new Date(requestedAt.getTime() + hours * HOUR_MS),
})

/** As she registered, without a proven address. */
export function ada(registeredAt: Date): Account {
  const registration = {
    ...{ id: ADA, handle: 'ada', email: 'ada@example.org', fullName: 'Ada', locale: 'en' as const },
    ...{ passwordHash: 'x', accepted: { terms: '1', privacy: '1' }, verification: linkOf('v', registeredAt) },
  }
  return registerAccount(registration, registeredAt).state
}

export const passkeyNamed = (id: string, addedAt: Date, counter = 0) => ({
  ...{ id, counter, name: id, publicKey: 'x', transports: [], backedUp: false, aaguid: 'x' },
  ...{ addedAt, lastUsedAt: null },
})

import { UnavailableError } from '@mpics/service-kit'
import type { IdentityConfig } from '../config.js'
import { PasswordHasher } from './password-hasher.js'

const hasher = (concurrency = 2, queue = 4) =>
  new PasswordHasher({
    IDENTITY_HASHING_CONCURRENCY: concurrency,
    IDENTITY_HASHING_QUEUE: queue,
  } as unknown as IdentityConfig)

it('B48 hashes with Argon2id, 19 MiB, two passes, one lane, and another salt each time', async () => {
  const [one, two] = [await hasher().hash('correct horse battery'), await hasher().hash('correct horse battery')]
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(one).not.toBe(two)
  expect(await hasher().verify(one, 'correct horse battery')).toBe(true)
  expect(await hasher().verify(one, 'correct horse batterY')).toBe(false)
})

it('takes the same password in another Unicode form', async () => {
  const stored = await hasher().hash('Zürcher Geschnetzeltes'.normalize('NFC'))
  expect(await hasher().verify(stored, 'Zürcher Geschnetzeltes'.normalize('NFD'))).toBe(true)
})

it('matches nothing where there is no account, not even the decoy', async () => {
  expect(await hasher().verify(undefined, 'nobody has this password')).toBe(false)
})

it('knows weaker parameters', async () => {
  expect(hasher().isOutdated('$argon2id$v=19$m=4096,t=3,p=1$c2FsdHNhbHQ$aGFzaA')).toBe(true)
  expect(hasher().isOutdated(await hasher().hash('correct horse battery'))).toBe(false)
})

it('refuses at once what the queue cannot hold, and serves the rest', async () => {
  const pool = hasher(1, 2)
  const results = await Promise.allSettled(Array.from({ length: 5 }, (_, i) => pool.hash(`password number ${i}`)))
  const refused = results.filter((r) => r.status === 'rejected')
  expect(refused.map((r) => r.reason as unknown)).toEqual([expect.any(UnavailableError), expect.any(UnavailableError)])
  expect(await pool.hash('the next one is served')).toMatch(/^\$argon2id/)
})

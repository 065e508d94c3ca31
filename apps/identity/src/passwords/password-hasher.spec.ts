import { Metrics } from '@mpics/service-kit'
import type { IdentityConfig } from '../config.js'
import { ownersClaim } from './claim.js'
import { PasswordHasher } from './password-hasher.js'

const metrics = new Metrics()
afterAll(() => metrics.onApplicationShutdown())
const claim = ownersClaim('ann')
const config = { IDENTITY_HASHING_CONCURRENCY: 2, IDENTITY_HASHING_QUEUE: 4 } as unknown as IdentityConfig
const hasher = new PasswordHasher(config, metrics)

it('B48 hashes with Argon2id, 19 MiB, two passes, one lane, and another salt each time', async () => {
  const [one, two] = [
    await hasher.hash('correct horse battery', claim),
    await hasher.hash('correct horse battery', claim),
  ]
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(one).not.toBe(two)
  expect(await hasher.verify(one, 'correct horse battery', claim)).toBe(true)
  expect(await hasher.verify(one, 'correct horse batterY', claim)).toBe(false)
})

it('takes the same password in another Unicode form', async () => {
  const stored = await hasher.hash('Zürcher Geschnetzeltes'.normalize('NFC'), claim)
  expect(await hasher.verify(stored, 'Zürcher Geschnetzeltes'.normalize('NFD'), claim)).toBe(true)
})

it('matches nothing where there is no account, not even the decoy', async () => {
  expect(await hasher.verify(undefined, 'nobody has this password', claim)).toBe(false)
})

it('knows weaker parameters', async () => {
  expect(hasher.isOutdated('$argon2id$v=19$m=4096,t=3,p=1$c2FsdHNhbHQ$aGFzaA')).toBe(true)
  expect(hasher.isOutdated(await hasher.hash('correct horse battery', claim))).toBe(false)
})

import { ada, passkeyNamed } from '../../test/setup/ada.js'
import type { Account } from '../accounts/account.js'
import { addPasskey, removePasskey, renamePasskey, takePasskeyUse } from './passkey.js'

const NOW = new Date('2026-01-31T12:00:00Z')
const added = (account: Account, id: string, counter = 0) =>
  addPasskey(account, { passkey: passkeyNamed(id, NOW, counter), actingSessionId: 'mine' }, NOW).state
const plain = ada(NOW)

describe('passkeys', () => {
  it('are twenty at most, each once, and move the credentials when they come and go', () => {
    const names = Array.from({ length: 20 }, (_, i) => `key${i}`)
    const full = names.reduce((account, name) => added(account, name), plain)
    expect(full.credentialVersion).toBe(plain.credentialVersion + 20)
    expect(() => added(full, 'another')).toThrow(/twenty/)
    expect(() => added(added(plain, 'one'), 'one')).toThrow(/kept already/)
    const left = removePasskey(full, 'key7', 'mine', NOW).state
    expect(left.factors.passkeys).toHaveLength(19)
    expect(() => removePasskey(left, 'key7', 'mine', NOW)).toThrow(/no such factor/)
    expect(renamePasskey(full, 'key3', 'Phone').state.factors.passkeys[3]).toMatchObject({ id: 'key3', name: 'Phone' })
  })

  it('count their uses, or never do; one that counts goes on', () => {
    const use = (account: Account, counter: number) =>
      takePasskeyUse(account, { id: 'one', counter, backedUp: true }, NOW)
    const counting = added(plain, 'one', 5)
    expect([5, 4, 0].map((counter) => use(counting, counter).changed)).toEqual([false, false, false])
    const used = use(counting, 6)
    expect(used.state.factors.passkeys).toMatchObject([{ counter: 6, backedUp: true, lastUsedAt: NOW }])
    expect(used.state.credentialVersion).toBe(counting.credentialVersion)
    expect(use(added(plain, 'one'), 0).changed).toBe(true)
    expect(takePasskeyUse(counting, { id: 'gone', counter: 9, backedUp: false }, NOW).changed).toBe(false)
  })
})

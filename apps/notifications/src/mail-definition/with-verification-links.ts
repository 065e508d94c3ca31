import type { WriteWithLinks } from './define-mail.js'

/** Lists all accounts that wait for the proof of the address; without links where another account has verified it. */
export const withVerificationLinks: WriteWithLinks = {
  async withLinks({ accountId }, links) {
    const pending = await links.pendingAccounts(accountId)
    if ('suppress' in pending) return pending
    const { accounts, more, until } = pending
    const listed = accounts.map(({ id }) => id)
    const [only] = accounts
    if (accounts.some(({ url }) => url === '')) return { values: { accounts, more }, instead: 'address-known', listed }
    if (!only || accounts.length > 1)
      return { values: { accounts, more, until }, instead: 'verify-one-of-several', listed }
    return { values: { ...only, until }, listed }
  },
}

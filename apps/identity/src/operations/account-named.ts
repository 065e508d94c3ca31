import type { Account } from '../accounts/account.js'
import { AccountNotFoundError } from '../accounts/account.errors.js'
import type { AccountRepository } from '../accounts/account.repository.js'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Operators name an account by its handle or its id. */
export async function accountNamed(accounts: AccountRepository, name: string): Promise<Account> {
  const found = UUID.test(name) ? await accounts.find(name) : await accounts.findByHandle(name)
  if (!found) throw new AccountNotFoundError()
  return found
}

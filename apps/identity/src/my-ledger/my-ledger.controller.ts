import { type ApiAnswer, identity } from '@mpics/contracts'
import { Endpoint, Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'
import { LedgerRows } from './ledger-rows.js'

@Controller()
export class MyLedgerController {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly rows: LedgerRows,
  ) {}

  @Endpoint(identity.getMyLedger)
  async read(@Member() { accountId }: MemberIdentity): Promise<ApiAnswer<typeof identity.getMyLedger>> {
    const [{ closure }, rows] = await Promise.all([this.accounts.get(accountId), this.rows.of(accountId)])
    return { ...rows, closing: closure?.erasesAt.toISOString() ?? null }
  }
}

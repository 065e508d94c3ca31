import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { CursorSeal } from '@mpics/mongo'
import { Endpoint, Input, Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { pageOfArray } from '../paging/page-of-array.js'
import { PoliciesInForce } from '../policies/policies-in-force.js'
import { AcceptPolicies } from './accept-policies.js'
import { toAcceptOf } from './to-accept.js'

@Controller()
export class AcceptancesController {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly accepting: AcceptPolicies,
    private readonly policies: PoliciesInForce,
    private readonly seal: CursorSeal,
  ) {}

  @Endpoint(identity.listAcceptances)
  async list(
    @Member() { accountId }: MemberIdentity,
    @Input() { query }: ApiInput<typeof identity.listAcceptances>,
  ): Promise<ApiAnswer<typeof identity.listAcceptances>> {
    const all = newestFirst(await this.accounts.get(accountId))
    return pageOfArray(all, query, { seal: this.seal, list: `acceptances ${accountId}` })
  }

  @Endpoint(identity.acceptPolicies)
  async accept(
    @Member() { accountId }: MemberIdentity,
    @Input() { body }: ApiInput<typeof identity.acceptPolicies>,
  ): Promise<ApiAnswer<typeof identity.acceptPolicies>> {
    const account = await this.accepting.execute(accountId, body)
    return { items: newestFirst(account), toAccept: toAcceptOf(account, await this.policies.versions()) }
  }
}

const newestFirst = ({ acceptances }: Account) =>
  acceptances.toReversed().map(({ document, version, at, where }) => {
    return { document, version, acceptedAt: at.toISOString(), where }
  })

import type { ApiAnswer, ApiInput, identity } from '@mpics/contracts'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { emptyLedger, type PersonLedger } from '../ledger/ledger-entry.js'
import { LedgerRepository } from '../ledger/ledger.repository.js'
import { PoliciesInForce } from '../policies/policies-in-force.js'
import { ConsentHolders } from './consent-holders.js'
import { choiceOf } from './consent.js'
import { mayUse } from './may-use.js'

type Asked = ApiInput<typeof identity.decideConsents>['body']['items'][number]
type Decided = ApiAnswer<typeof identity.decideConsents>

/** Decides at the moment of use, by the policy in force then, whenever the data was collected (B64). */
@Injectable()
export class DecideUse {
  constructor(
    private readonly holders: ConsentHolders,
    private readonly ledgers: LedgerRepository,
    private readonly policies: PoliciesInForce,
    private readonly clock: Clock,
  ) {}

  async execute(asked: readonly Asked[]): Promise<Decided> {
    const ids = [...new Set(asked.map(({ accountId }) => accountId))]
    const [hidden, ledgers, policy] = await Promise.all([
      this.holders.hiddenById(ids),
      this.ledgers.findMany(ids),
      this.policies.privacy(),
    ])
    const byId = new Map(ledgers.map((ledger) => [ledger.id, ledger]))
    const items = asked.map((one) => decided(one, hidden.get(one.accountId), byId.get(one.accountId)))
    return { policyVersion: policy.version, decidedAt: this.clock.now().toISOString(), items }
  }
}

function decided(
  { accountId, purpose, gpc }: Asked,
  hidden: boolean | undefined,
  ledger: PersonLedger = emptyLedger(accountId),
): Decided['items'][number] {
  if (hidden === undefined) return { accountId, purpose, allowed: false, reason: 'default' }
  if (hidden) return { accountId, purpose, allowed: false, reason: 'account-hidden' }
  return { accountId, purpose, ...mayUse(purpose, { choice: choiceOf(ledger, purpose), gpc }) }
}

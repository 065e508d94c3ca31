import type { ApiAnswer, identity } from '@mpics/contracts'
import { Injectable } from '@nestjs/common'
import { entriesOf, type LedgerEntry, type LedgerKind, type PersonLedger } from '../ledger/ledger-entry.js'
import { LedgerRepository } from '../ledger/ledger.repository.js'

type Rows = Omit<ApiAnswer<typeof identity.getMyLedger>, 'closing'>
type Row = Rows['received'][number]

/** Every entry of a person's ledger, by its kind. */
@Injectable()
export class LedgerRows {
  constructor(private readonly ledgers: LedgerRepository) {}

  async of(accountId: string): Promise<Rows> {
    const ledger = await this.ledgers.find(accountId)
    return {
      received: rowsOf(ledger, 'disclosure'),
      looks: rowsOf(ledger, 'look'),
      consents: rowsOf(ledger, 'consent'),
      notices: rowsOf(ledger, 'notice'),
    }
  }
}

/** Newest first. */
const rowsOf = (ledger: PersonLedger, kind: LedgerKind): Row[] =>
  entriesOf(ledger, kind)
    .flatMap(({ payload }) => (payload ? [rowOf(payload)] : []))
    .toReversed()

type Payload = NonNullable<LedgerEntry['payload']>

/** What was shown beside a consent is told by the history alone. */
function rowOf({ changedAt, receiptId, ...said }: Payload): Row {
  const { noticeVersion, purpose, granted, document, recipient, ground, staffId, reason, fields } = said as Partial<Row>
  return {
    ...{ at: changedAt, receiptId },
    ...defined({ noticeVersion, purpose, granted, document, recipient, ground, staffId, reason, fields }),
  }
}

const defined = (said: Partial<Row>): Partial<Row> =>
  Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))

import { type Decision, DomainError } from '@mpics/contracts'
import { AggregateStore, LAST_TRACE_DAYS, Outbox } from '@mpics/eventing'
import { about, Connection, days, PersonalData, ttlKeys, ttlSeconds } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import { beginPart, type ErasurePart } from './erasure-part.js'

const number = { type: Number, required: true }
const schema = {
  begunAt: { type: Date, required: true },
  documents: number,
  objects: number,
  finishedAt: { type: Date, default: null },
}
/** As long as the order may come again. */
const RETENTION = days(LAST_TRACE_DAYS).after('the erasure began').beginsAt('begunAt')
const counted = about.technical('account')
const fields = {
  _id: about.identifier('account', 'the erasure, which leads to no account'),
  begunAt: counted,
  documents: counted,
  objects: counted,
  finishedAt: counted,
}

@Injectable()
export class ErasurePartRepository {
  private readonly store: AggregateStore<ErasurePart>

  constructor(connection: Connection, outbox: Outbox, personalData: PersonalData) {
    const indexes = [{ name: 'forget', keys: ttlKeys(RETENTION), expireAfterSeconds: ttlSeconds(RETENTION) }]
    this.store = new AggregateStore<ErasurePart>(connection, { collection: 'erasure_parts', schema, indexes, outbox })
    personalData.register({
      store: { collection: 'erasure_parts' },
      impersonal: 'ids of erasures, which lead to no account, and how much was erased',
      ...RETENTION,
      fields,
    })
  }

  /** An order that comes again goes on with the part of before. */
  async begin(id: string, now: Date): Promise<void> {
    if (!(await this.store.find(id))) await this.store.insertFirst(beginPart(id, now))
  }

  change(id: string, transition: (part: ErasurePart) => Decision<ErasurePart>): Promise<ErasurePart> {
    return this.store.change(id, transition, () => new ErasurePartGoneError())
  }
}

class ErasurePartGoneError extends DomainError {
  readonly code = 'rights.erasure-part-gone'
  readonly kind = 'not-found'
  constructor() {
    super('There is no such erasure.')
  }
}

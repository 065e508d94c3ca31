import { Writable } from 'node:stream'
import type { EventDefinition, ServiceName } from '@mpics/contracts'
import { topics } from '@mpics/contracts/catalogue'
import { Connection } from '@mpics/mongo'
import { Clock, createLogger } from '@mpics/service-kit'
import { es256, eventually, isOfRelay, profiled, testService, type TestService } from '@mpics/testing'
import type { Type } from '@nestjs/common'
import type { z } from 'zod'
import { IdentityConfig } from '../../src/config.js'
import { IdentityModule } from '../../src/identity.module.js'
import { Caller } from './caller.js'

export const OWN =
  /^(accounts|sessions|consents|policies|attempts|pending_log_ins|reset_requests|retired_handles|program_tokens|spent_challenges|exports|erased_ledgers|ledger_roots|ledger_leaves)$/
const keySet = (...kids: string[]) => JSON.stringify({ keys: kids.map((kid) => es256(kid).private) })

/** Runs the service in this process, keeps its log lines, and moves its clock. */
export class ServiceHarness {
  private constructor(
    readonly service: TestService,
    readonly logs: readonly string[],
  ) {}

  /** `others`: more variables, such as those of a service that runs already. */
  static async open(others: Record<string, string> = {}): Promise<ServiceHarness> {
    const logs: string[] = []
    const lines = new Writable({ write: (line: Buffer, _, done) => done(void logs.push(line.toString())) })
    const environment = {
      IDENTITY_SECRET: 'a secret for tests that is long enough to be one',
      IDENTITY_SIGNING_KEYS: keySet('now', 'next'),
      IDENTITY_RECEIPT_KEYS: keySet('receipts'),
      IDENTITY_HANDLE_KEY: 'a key for handles in tests that is long enough',
      ...others,
    }
    const logger = createLogger('identity', 'trace', lines)
    const service = await testService(IdentityModule, IdentityConfig, { environment, logger })
    const harness = new ServiceHarness(service, logs)
    await harness.holdErasures()
    return harness
  }

  /** Whoever moves the clock would have accounts erased in the middle of a test. */
  private async holdErasures(): Promise<void> {
    const held = { holder: 'a test', epoch: 1, until: new Date(Date.now() + 3_600_000) }
    await this.collection('_leases').updateOne({ _id: 'erasures' }, { $set: held }, { upsert: true })
  }

  async letErasuresBegin(): Promise<void> {
    await this.collection('_leases').deleteOne({ _id: 'erasures' })
  }

  /** Calls as a person without a log-in. */
  get anybody(): Caller {
    return new Caller(this.service.as())
  }

  as(accountId: string, sessionId?: string, roles?: readonly string[]): Caller {
    return new Caller(this.service.as({ accountId, ...(sessionId && { sessionId }), ...(roles && { roles }) }))
  }

  from(service: ServiceName): Caller {
    return new Caller(this.service.from(service))
  }

  get<T>(part: Type<T>): T {
    return this.service.get(part)
  }

  get clock(): Clock {
    return this.get(Clock)
  }

  /** Moves the clock forward. */
  pass(ms: number): void {
    const ahead = this.clock.now().getTime() - Date.now() + ms
    this.clock.now = () => new Date(Date.now() + ahead)
  }

  /** Resolves to the events of a type about one subject, oldest first. */
  async told<S extends Record<string, z.ZodType>>(event: EventDefinition<S>, subject: string) {
    await eventually(async () => (await this.collection('reset_requests').estimatedDocumentCount()) === 0)
    await this.service.untilIdle()
    return (await this.service.events(event)).filter((envelope) => envelope.subject === subject)
  }

  get connection(): Connection {
    return this.get<Connection>(Connection)
  }

  collection(name: string) {
    return this.connection.collection<{ _id: string } & Record<string, unknown>>(name)
  }

  /** Counts the service's writes without those of the relay. */
  async writesDuring(work: () => Promise<unknown>): Promise<number> {
    const seen = await profiled(this.service, OWN, work)
    const writes = seen.filter(({ op }) => /^(insert|update|remove)$/.test(op))
    return writes.filter(({ command }) => !isOfRelay(command)).length
  }

  /** Resolves to all that the service stored, published and logged, as text. */
  async everything(): Promise<string> {
    await this.service.untilIdle()
    const collections = (await this.connection.db?.listCollections({ name: { $not: /^system\./ } }).toArray()) ?? []
    const documents = await Promise.all(collections.map(({ name }) => this.collection(name).find().toArray()))
    const own = topics.filter(({ publishers }) => publishers.includes('identity'))
    const records = await Promise.all(own.map(({ name }) => this.service.records(name)))
    return [...documents.flat(), ...records.flat()]
      .map((each) => JSON.stringify(each))
      .concat(this.logs)
      .join('\n')
  }

  async close(): Promise<void> {
    await this.service.stop()
  }
}

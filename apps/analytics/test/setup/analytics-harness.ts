import { type Envelope, gateway, type NewEvent } from '@mpics/contracts'
import { EventPublisher, EventWriter } from '@mpics/eventing'
import { Connection } from '@mpics/mongo'
import { eventually, kafkaAccess, type TestService, testService } from '@mpics/testing'
import { uuidv7 } from 'uuidv7'
import { AnalyticsModule } from '../../src/analytics.module.js'
import { AnalyticsConfig } from '../../src/config.js'

type PageView = Envelope<typeof gateway.pageViewRecorded>['data']

export const newPage = () => `/photos/${uuidv7()}`

/** A view as the gateway tells of it, at this second. */
export const view = (page: string, browserId: string | null, more: Partial<PageView> = {}) =>
  gateway.pageViewRecorded.of({
    ...gateway.pageViewRecorded.example,
    page,
    subjectId: page.split('/')[2]!,
    browserId,
    occurredAt: new Date().toISOString(),
    ...more,
  })

/** The owner’s view of a page, as the gateway tells of it. */
export const ownView = (page: string) =>
  gateway.ownViewRecorded.of({ page, day: new Date().toISOString().slice(0, 10) })

export const browser = (name: string) => `${name}Kx81mQv0ZtB3cRwYa9nLf2e`

export interface Counts {
  total: number
  unique: number
}

/** The service, and the views that the gateway would publish. */
export class AnalyticsHarness {
  private constructor(public service: TestService) {}

  static async open(environment: Record<string, string> = {}): Promise<AnalyticsHarness> {
    return new AnalyticsHarness(await AnalyticsHarness.start(environment))
  }

  publish(...views: (NewEvent & { readonly id?: string })[]): Promise<void> {
    return this.service.get(EventPublisher).publish(views)
  }

  async counts(page: string): Promise<Counts | undefined> {
    const { body } = await this.service.as().get('/v1/views').query({ page }).expect(200)
    const [found] = body.items as (Counts & { page: string })[]
    return found && { total: found.total, unique: found.unique }
  }

  untilTotal(page: string, total: number): Promise<unknown> {
    return eventually(async () => (await this.counts(page))?.total === total)
  }

  get database() {
    return this.service.get<Connection>(Connection).db!
  }

  /** Everything that the service keeps, as text. */
  async everythingStored(): Promise<string> {
    const collections = await this.database.collections()
    return JSON.stringify(await Promise.all(collections.map((collection) => collection.find().toArray())))
  }

  /** Stops the service and starts another on the same data, with other settings if given; `meanwhile` nobody counts. */
  async restart(environment: Record<string, string> = {}, meanwhile: NewEvent[] = []): Promise<void> {
    const { MONGODB_URI, KAFKA_PREFIX } = this.service.environment as Record<'MONGODB_URI' | 'KAFKA_PREFIX', string>
    await this.service.halt()
    const writer = await EventWriter.connect(kafkaAccess(KAFKA_PREFIX))
    for (const event of meanwhile) await writer.event(event)
    await writer.close()
    this.service = await AnalyticsHarness.start({ MONGODB_URI, KAFKA_PREFIX, ...environment })
  }

  close(): Promise<void> {
    return this.service.stop()
  }

  private static start(environment: Record<string, string>): Promise<TestService> {
    const key = { ANALYTICS_VISITOR_KEY: 'a key that only this test knows, of 40 char' }
    return testService(AnalyticsModule, AnalyticsConfig, { environment: { ...key, ...environment } })
  }
}

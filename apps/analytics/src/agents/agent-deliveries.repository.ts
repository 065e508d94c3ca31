import { about, Connection, days, isDuplicateKey, makeIndexes, PersonalData, ttlKeys, ttlSeconds } from '@mpics/mongo'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { type Model, Schema } from 'mongoose'

interface Delivery {
  _id: string
  source: string
  offset: number
  at: Date
}

interface Delivered {
  readonly envelope: {
    readonly id: string
    readonly data: { readonly agentId: string | null; readonly occurredAt: string }
  }
  readonly source: string
  readonly offset: number
}

/** Longer than the topic holds a fact, which is a week younger than its view at most: a rebuild finds the note of each. */
const RETENTION = days(40).after('the view').beginsAt('at')
const fact = about.technical('trend-analysis')

const schema = new Schema(
  { _id: String, source: String, offset: Number, at: Date },
  { versionKey: false, autoCreate: false, strict: 'throw' },
)
schema.index(ttlKeys(RETENTION), { expireAfterSeconds: ttlSeconds(RETENTION) })

/** A batch that an agent sends again has the same ids: of two records with one id, the one whose place was noted first counts. */
@Injectable()
export class AgentDeliveryRepository implements OnApplicationBootstrap {
  private readonly model: Model<Delivery>

  constructor(connection: Connection, personalData: PersonalData) {
    this.model = connection.model('agent_deliveries', schema, 'agent_deliveries') as unknown as Model<Delivery>
    personalData.register({
      store: { collection: 'agent_deliveries' },
      impersonal: 'ids of facts that agents delivered, and their places in the log',
      fields: { _id: fact, source: fact, offset: fact, at: fact },
      ...RETENTION,
    })
  }

  async onApplicationBootstrap(): Promise<void> {
    await makeIndexes(this.model)
  }

  /** Leaves out what an agent had delivered before. Asked again, it says the same. */
  async firsts<E extends Delivered>(events: readonly E[]): Promise<readonly E[]> {
    const delivered = events.filter(({ envelope }) => envelope.data.agentId !== null)
    if (delivered.length === 0) return events
    await this.model.collection
      .bulkWrite(delivered.map(noteOf) as never, { ordered: false })
      .catch((error: unknown) => {
        // another replica noted it at the same moment
        if (!isDuplicateKey(error)) throw error
      })
    const ids = delivered.map(({ envelope }) => envelope.id)
    const known = await this.model.find({ _id: { $in: ids } }).lean<Delivery[]>()
    const places = new Map(known.map(({ _id, source, offset }) => [_id, `${source} ${offset}`]))
    return events.filter(
      ({ envelope, source, offset }) =>
        envelope.data.agentId === null || places.get(envelope.id) === `${source} ${offset}`,
    )
  }
}

/** Of the view’s own time: a rebuild notes nothing that would not be there. */
const noteOf = ({ envelope: { id, data }, source, offset }: Delivered) => ({
  updateOne: {
    filter: { _id: id },
    update: { $setOnInsert: { source, offset, at: new Date(data.occurredAt) } },
    upsert: true,
  },
})

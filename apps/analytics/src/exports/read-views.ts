import { gateway } from '@mpics/contracts'
import { EventingOptions, topicRecords } from '@mpics/eventing'
import { Injectable } from '@nestjs/common'
import { columnsOf, type Row } from '../tables/columns.js'
import { EventsUnreadableError } from './export.errors.js'

interface Period {
  from: Date | undefined
  to: Date
}

const { schema, topic } = gateway.pageViewRecorded
export const viewColumns = columnsOf(schema)

/** Views as the topic has them. Nothing is kept of them here, and nobody's group is touched. */
@Injectable()
export class ReadViews {
  constructor(private readonly options: EventingOptions) {}

  /** Resolves once the topic is being read: what fails until then is told to the caller. */
  async execute(period: Period): Promise<AsyncIterable<Row>> {
    const rows = this.rows(period)
    const first = await rows.next().catch((error: unknown) => {
      throw new EventsUnreadableError(error)
    })
    return goingOn(first, rows)
  }

  /** A record stands behind what it tells of: none that is older than the period can be of it. */
  private async *rows({ from, to }: Period): AsyncGenerator<Row> {
    const begin = from ? { since: Math.max(0, from.getTime()) } : 0
    for await (const { value } of topicRecords(this.options.settings, topic.name, begin)) {
      const view = viewIn(value)
      if (!view) continue
      const occurredAt = new Date(view.occurredAt)
      if (occurredAt < to && (!from || occurredAt >= from)) yield view
    }
  }
}

/** Undefined for what no consumer could read either. */
function viewIn(value: string | null) {
  try {
    return schema.safeParse(JSON.parse(value ?? '')).data
  } catch {
    return undefined
  }
}

async function* goingOn(first: IteratorResult<Row>, rows: AsyncGenerator<Row>): AsyncGenerator<Row> {
  try {
    if (first.done) return
    yield first.value
    yield* rows
  } finally {
    await rows.return(undefined)
  }
}

import { about, Connection, keptForEver, PersonalData } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import { type Model, Schema } from 'mongoose'
import { WrittenDays } from './written-days.js'

/** A document for each month, so that years take few. */
interface Month {
  _id: string
  days: Record<string, number>
}

const [MONTH_LENGTH, DAY_LENGTH] = ['2026-01'.length, '2026-01-01'.length]
const schema = new Schema(
  { _id: String, days: Schema.Types.Mixed },
  { versionKey: false, autoCreate: false, strict: 'throw' },
)
const counted = about.technical('trend-analysis')
const monthOf = (at: Date): string => at.toISOString().slice(0, MONTH_LENGTH)

/** Whoever writes the counts of a period notes its day afterwards. What was added up before the note is old then. */
@Injectable()
export class WrittenDaysRepository {
  private readonly model: Model<Month>

  constructor(connection: Connection, personalData: PersonalData) {
    this.model = connection.model('written_days', schema, 'written_days') as unknown as Model<Month>
    personalData.register({
      store: { collection: 'written_days' },
      impersonal: 'says how often the counts of a day were written',
      fields: { _id: counted, days: { '*': counted } },
      ...keptForEver,
    })
  }

  async note(at: Date): Promise<void> {
    const day = at.toISOString().slice(MONTH_LENGTH + 1, DAY_LENGTH)
    await this.model.collection.updateOne(
      { _id: monthOf(at) as never },
      { $inc: { [`days.${day}`]: 1 } },
      { upsert: true },
    )
  }

  async during({ from, to }: { from: Date; to: Date }): Promise<WrittenDays> {
    const written = new WrittenDays()
    const months = { _id: { $gte: monthOf(from), $lte: monthOf(to) } }
    const found = await this.model.collection.find<Month>(months as never).toArray()
    for (const { _id, days } of found) written.addMonth(_id, days)
    return written
  }
}

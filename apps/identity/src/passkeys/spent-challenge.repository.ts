import {
  about,
  Connection,
  isDuplicateKey,
  makeIndexes,
  minutes,
  PersonalData,
  ttlKeys,
  ttlSeconds,
} from '@mpics/mongo'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { Schema } from 'mongoose'

interface SpentChallenge {
  _id: string
  forgetAt: Date
}

const RETENTION = minutes(10).after('it was made').endsAt('forgetAt')

const schema = new Schema<SpentChallenge>(
  { _id: String, forgetAt: Date },
  { versionKey: false, id: false, autoIndex: false, autoCreate: false },
).index(ttlKeys(RETENTION), { name: 'forget', expireAfterSeconds: ttlSeconds(RETENTION) })

const modelOn = (connection: Connection) => connection.model('spent_challenges', schema, 'spent_challenges')

@Injectable()
export class SpentChallengeRepository implements OnApplicationBootstrap {
  private readonly model: ReturnType<typeof modelOn>

  constructor(connection: Connection, personalData: PersonalData) {
    this.model = modelOn(connection)
    personalData.register({
      store: { collection: 'spent_challenges' },
      impersonal: 'holds random challenges that were answered, and nobody who did',
      ...RETENTION,
      fields: { _id: about.technical('security'), forgetAt: about.technical('security') },
    })
  }

  async onApplicationBootstrap(): Promise<void> {
    await makeIndexes(this.model)
  }

  async insert(challenge: string, forgetAt: Date): Promise<boolean> {
    try {
      await this.model.create([{ _id: challenge, forgetAt }])
      return true
    } catch (error) {
      if (isDuplicateKey(error)) return false
      throw error
    }
  }
}

import { closeMongo, connectMongo } from '@mpics/mongo'
import { databaseUri } from '@mpics/tools/environment/system/environment'
import type { System } from '@mpics/tools/environment/system/system'

const MINUTES_MS = 10 * 60_000

/** Has a system believe that time has passed which no test can wait for. */
export class PassingTime {
  constructor(private readonly system: Pick<System, 'stack' | 'prefix'>) {}

  /** The seven days and five minutes in which a closing can be taken back. */
  async endGrace(accountId: string): Promise<void> {
    const closed = { _id: accountId, closure: { $ne: null } }
    await this.change('accounts', closed, { 'closure.erasesAt': new Date(Date.now() - MINUTES_MS) })
  }

  /** The two minutes in which nobody else sends a last mail whose sender has died. */
  async endLastMailLeases(): Promise<void> {
    await this.change('erasures', { 'mail.attempts': { $gt: 0 } }, { 'mail.dueAt': new Date() })
  }

  private async change(collection: string, which: object, set: object): Promise<void> {
    const { stack, prefix } = this.system
    const name = `${prefix}identity`.replaceAll(/[^A-Za-z0-9_-]/g, '_')
    const connection = await connectMongo(databaseUri(stack.mongodbUri, name))
    try {
      await connection.collection(collection).updateMany(which, { $set: set })
    } finally {
      await closeMongo(connection)
    }
  }
}

import type { Connection } from '@mpics/mongo'
import type { mongo } from 'mongoose'

const IDLE_MICROS = 2_000_000

/** Ends transactions of processes that died in them: MongoDB would keep what they changed locked for a minute. */
export async function endAbandoned(connection: Connection): Promise<void> {
  const client = connection.getClient()
  const admin = client.db('admin')
  const { appName } = client.options
  const left = { type: 'idleSession', appName, 'transaction.timeInactiveMicros': { $gte: IDLE_MICROS } }
  const sessions = await admin
    .aggregate<{ lsid: { id: mongo.UUID } }>([
      { $currentOp: { idleSessions: true, allUsers: false } },
      { $match: left },
    ])
    .toArray()
  if (sessions.length > 0) await admin.command({ killSessions: sessions.map(({ lsid: { id } }) => ({ id })) })
}

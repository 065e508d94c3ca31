import { type Connection, connectMongo } from '@mpics/mongo'
import type { ObjectStoreAccess } from '@mpics/object-store'
import { type Keeper, KEEPERS } from '../services.js'

const value = (name: string): string => {
  const found = process.env[name]
  if (found) return found
  throw new Error(`${name} is not set: a backup reads, and a restore writes, with the credentials of the environment`)
}

/** E.g. of MEDIA_S3_ENDPOINT, MEDIA_S3_ACCESS_KEY and the others, as the service itself has them. */
export const storeOf = (prefix: string, bucket = value(`${prefix}_BUCKET`)): ObjectStoreAccess => ({
  service: 'backup',
  endpoint: value(`${prefix}_ENDPOINT`),
  region: process.env[`${prefix}_REGION`] ?? 'us-east-1',
  accessKey: value(`${prefix}_ACCESS_KEY`),
  secretKey: value(`${prefix}_SECRET_KEY`),
  bucket,
})

/** The database of each service, by <SERVICE>_MONGODB_URI; work of hours waits for longer than a request. */
export async function withDatabases<T>(use: (databases: Map<Keeper, Connection>) => Promise<T>): Promise<T> {
  const databases = new Map<Keeper, Connection>()
  try {
    for (const service of KEEPERS) databases.set(service, await connect(service))
    return await use(databases)
  } finally {
    await Promise.all([...databases.values()].map((connection) => connection.close()))
  }
}

const connect = (service: Keeper) =>
  connectMongo(value(`${service.toUpperCase()}_MONGODB_URI`), { appName: 'mpics', socketTimeoutMs: 300_000 })

import { closeMongo, connectMongo } from '@mpics/mongo'
import { createTopics, deleteTopics } from '@mpics/eventing'
import { catalogue } from './orders.js'

/** Topics, databases and groups of one round. */
export interface Place {
  brokers: string[]
  mongodbUri: string
  prefix: string
}

export function databaseOf({ mongodbUri, prefix }: Place, service: string): string {
  const uri = new URL(mongodbUri)
  uri.pathname = `/${prefix}${service}`
  return uri.href
}

let serial = 0

/** A place of its own for each round, so that none finds what another left. */
export async function withPlace<T>(
  stack: { kafkaBrokers: string; mongodbUri: string },
  work: (place: Place) => Promise<T>,
): Promise<T> {
  const prefix = `bench${process.pid}-${serial++}-`
  const place = { brokers: stack.kafkaBrokers.split(','), mongodbUri: stack.mongodbUri, prefix }
  await createTopics(place, { catalogue })
  try {
    return await work(place)
  } finally {
    await Promise.all([deleteTopics(place), drop(place, 'producing'), drop(place, 'consuming'), drop(place, 'floor')])
  }
}

async function drop(place: Place, service: string): Promise<void> {
  const connection = await connectMongo(databaseOf(place, service), { poolSize: 1 })
  await connection.dropDatabase()
  await closeMongo(connection)
}

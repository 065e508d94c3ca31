import { closeMongo, connectMongo } from '@mpics/mongo'

/** Drops the database that a URI names. */
export async function dropDatabase(uri: string): Promise<void> {
  const connection = await connectMongo(uri)
  await connection.dropDatabase()
  await closeMongo(connection)
}

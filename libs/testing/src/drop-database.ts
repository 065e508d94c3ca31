import { closeMongo, connectMongo } from '@mpics/mongo'

export async function dropDatabase(uri: string): Promise<void> {
  const connection = await connectMongo(uri)
  await connection.dropDatabase()
  await closeMongo(connection)
}

import { closeMongo, connectMongo } from '@mpics/mongo'

/** Tells when photos are published. Who asks for one again and again slows down what it waits for: they share two cores. */
export class Publications {
  private readonly known = new Map<string, PromiseWithResolvers<void>>()

  private constructor(readonly stop: () => Promise<void>) {}

  static async of(uri: string, collection: string): Promise<Publications> {
    const connection = await connectMongo(uri)
    const published = [{ $match: { 'updateDescription.updatedFields.status': 'published' } }]
    const changes = connection.db!.collection<{ _id: string }>(collection).watch(published)
    const publications = new Publications(async () => {
      await changes.close()
      await closeMongo(connection)
    })
    changes.on('change', (change) => {
      if ('documentKey' in change) publications.one(change.documentKey._id).resolve()
    })
    changes.on('error', (error) => publications.known.forEach(({ reject }) => reject(error)))
    return publications
  }

  of(id: string): Promise<void> {
    return this.one(id).promise
  }

  private one(id: string): PromiseWithResolvers<void> {
    const known = this.known.get(id) ?? Promise.withResolvers<void>()
    this.known.set(id, known)
    return known
  }
}

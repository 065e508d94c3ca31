import type { Model } from 'mongoose'
import { deleteInSlices } from './delete-in-slices.js'
import { countHeld } from './held-count.js'
import type { Erasure, HeldData } from './personal-data.js'

type Document = Record<string, unknown>

export interface OwnedDocuments extends Pick<
  HeldData,
  'subject' | 'purpose' | 'retention' | 'age' | 'fields' | 'shownTo'
> {
  /** Fields that hold account ids; a document belongs to each account that they name. */
  readonly owners: readonly string[]
  /** Selects the part that the person receives; null leaves the document out. */
  readonly exported: (document: Document, accountId: string) => Readonly<Document> | null
}

/** Deleting a document must not lose its unpublished events. */
const PUBLISHED = { '_outbox.0': { $exists: false } }

/** Registers a collection whose documents belong to accounts: erasing deletes them, exporting streams them. */
export function ownedDocuments<T>(model: Model<T>, { owners, exported, ...stated }: OwnedDocuments): HeldData {
  const ofAccount = (accountId: string) => ({ $or: owners.map((field) => ({ [field]: accountId })) })
  return {
    store: { collection: model.collection.name },
    ...stated,
    count: (accountId) => countHeld(model, ofAccount(accountId), stated.age),
    async erase(accountId): Promise<Erasure> {
      const erased = await deleteInSlices(model, { ...ofAccount(accountId), ...PUBLISHED })
      return { erased, waiting: await model.countDocuments(ofAccount(accountId) as never) }
    },
    async *export(accountId) {
      for await (const document of model
        .find(ofAccount(accountId) as never)
        .lean<Document>()
        .cursor()) {
        const record = exported(document, accountId)
        if (record) yield record
      }
    },
  }
}

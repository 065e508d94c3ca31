import type { Purpose } from '@mpics/contracts'
import { Injectable } from '@nestjs/common'
import type { Age } from './age.js'
import type { HeldCount } from './held-count.js'
import type { StoredFields } from './stored-fields.js'

/** A collection (by its name, in which a `*` at the end stands for anything), or the objects of a bucket (by their prefix). */
export type PersonalDataStore = { readonly collection: string } | { readonly objects: string }

/** `chosen`: those to whom its owner shows it. */
export type Audience = 'everybody' | 'chosen'

/** A document with unpublished events stays: `waiting` counts them and asks for another call. */
export interface Erasure {
  readonly erased: number
  readonly waiting: number
}

/** What a program reads of how long an entry is kept. `keeping.ts` makes it together with its sentence. */
interface Kept {
  /** E.g. "until the account is erased" or "30 days after it was sent". */
  readonly retention: string
  /** Null where no time ends it. Undefined is refused by a test of the service. */
  readonly age?: Age | null
  /** Removes what is too old and resolves to how much, where no index of MongoDB does; safe to repeat, and at once. */
  removeOverAge?: (stopping: AbortSignal) => Promise<number>
}

/** Personal data of a service in one place, and how a person gets or loses them (B04, B06, B52, B66). */
export interface HeldData extends Kept {
  readonly store: PersonalDataStore
  /** The person, and the key that finds the data, e.g. "the account whose id is `_id`". */
  readonly subject: string
  readonly purpose: Purpose
  /** Everything in it, each with its classification and purpose; a test compares them with the schema and with what is stored (B03, B04). */
  readonly fields: StoredFields
  /** Who sees of it besides the service; nobody unless said. */
  readonly shownTo?: Audience
  /**
   * Safe to repeat. Only documents that `waiting` counts still name the account afterwards. `begun`: when the erasure began, which
   * repeats; now unless said.
   */
  erase(accountId: string, begun?: Date): Promise<Erasure>
  /** The person's own input and traces in readable form: no secrets, nothing about others. Empty for a stranger. */
  export(accountId: string): AsyncIterable<Readonly<Record<string, unknown>>>
  /** By an index, and bounded. Left out where the export is short. */
  count?(accountId: string): Promise<HeldCount>
}

export interface ImpersonalData extends Partial<Kept> {
  readonly store: PersonalDataStore
  /** Says why no content is about a person. */
  readonly impersonal: string
  readonly fields: StoredFields
}

export type DataEntry = HeldData | ImpersonalData

export const nameOfStore = (store: PersonalDataStore): string =>
  'collection' in store ? store.collection : `objects ${store.objects}`

const isOf = (collection: string, { store }: DataEntry): boolean => {
  if (!('collection' in store)) return false
  const { collection: name } = store
  return name.endsWith('*') ? collection.startsWith(name.slice(0, -1)) : collection === name
}

/** Everything that a service keeps. Each repository registers its entry in its constructor; a test compares it with what exists. */
@Injectable()
export class PersonalData {
  private readonly known = new Map<string, DataEntry>()
  private shared: StoredFields = {}

  /** Throws at a second entry for the same place: each place has one owner. */
  register(entry: DataEntry): void {
    const name = nameOfStore(entry.store)
    if (this.known.has(name)) throw new TypeError(`Two repositories state what ${name} holds; only its owner may.`)
    this.known.set(name, entry)
  }

  /** States what a library adds to the documents of any collection. */
  share(fields: StoredFields): void {
    this.shared = { ...this.shared, ...fields }
  }

  sharedFields(): StoredFields {
    return this.shared
  }

  entries(): DataEntry[] {
    return [...this.known.values()]
  }

  /** The entry that says what a collection holds. */
  entryFor(collection: string): DataEntry | undefined {
    return this.entries().find((entry) => isOf(collection, entry))
  }

  held(): HeldData[] {
    return this.entries().filter((entry): entry is HeldData => 'erase' in entry)
  }
}

import type { Purpose } from '@mpics/contracts'
import { Injectable } from '@nestjs/common'

/** A collection (by its name, in which a `*` at the end stands for anything), or the objects of a bucket (by their prefix). */
export type PersonalDataStore = { readonly collection: string } | { readonly objects: string }

/** What one erasure did. While events of a document wait to be published it stays: `waiting` asks for another call. */
export interface Erasure {
  readonly erased: number
  readonly waiting: number
}

/** What a service holds of people in one place, and how a person gets or loses it (B04, B06, B52, B66). */
export interface HeldData {
  readonly store: PersonalDataStore
  /** Whom it is about and how they are found, e.g. "the account whose id is `_id`". */
  readonly subject: string
  readonly purpose: Purpose
  /** How long it stays, e.g. "until the account is erased" or "30 days after it was sent". */
  readonly retention: string
  /** Safe to repeat: a second call erases nothing. Leaves nothing that names the account but what `waiting` counts. */
  erase(accountId: string): Promise<Erasure>
  /** What the person entered or caused, as they would read it: no secrets, nothing about others. Empty for a stranger. */
  export(accountId: string): AsyncIterable<Readonly<Record<string, unknown>>>
}

/** A place that holds nothing about people. */
export interface ImpersonalData {
  readonly store: PersonalDataStore
  /** Why nothing in it is about a person. */
  readonly impersonal: string
}

export type DataEntry = HeldData | ImpersonalData

export const nameOfStore = (store: PersonalDataStore): string =>
  'collection' in store ? store.collection : `objects ${store.objects}`

const isOf = (collection: string, { store }: DataEntry): boolean => {
  if (!('collection' in store)) return false
  const { collection: name } = store
  return name.endsWith('*') ? collection.startsWith(name.slice(0, -1)) : collection === name
}

/**
 * The register of everything that a service keeps. Each repository states its entry in its constructor, as it registers
 * its outbox; inventory, export, erasure and retention read the register, and a test compares it with what exists.
 */
@Injectable()
export class PersonalData {
  private readonly known = new Map<string, DataEntry>()

  /** Refuses a second entry for the same place: each place has one owner. */
  register(entry: DataEntry): void {
    const name = nameOfStore(entry.store)
    if (this.known.has(name)) throw new TypeError(`Two repositories state what ${name} holds; only its owner may.`)
    this.known.set(name, entry)
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

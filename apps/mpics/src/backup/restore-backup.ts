import { createGunzip } from 'node:zlib'
import { pipeline, Readable } from 'node:stream'
import { HOUR_MS } from '@mpics/contracts/durations'
import { failPoint } from '@mpics/eventing'
import { beginRestore, type Connection, dropCollections, endRestore, filledCollections, loadPiece } from '@mpics/mongo'
import type { ObjectStore } from '@mpics/object-store'
import { count, type Progress } from '../progress.js'
import type { Keeper } from '../services.js'
import { entriesOf, single, wholeOf } from './archive.js'
import { isLeftOut, OBJECTS } from './contents.js'
import { type Manifest, type StoredFile } from './manifest.js'
import type { Bytes, Place } from './place.js'
import type { Through } from './seal.js'

export interface RestoreParts {
  place: Place
  open: Through
  progress: Progress
  databases: Map<Keeper, Connection>
  store: ObjectStore
  exports: ObjectStore
}

/** Consumers were behind by less, or the alert on their lag had been heard. */
const HEARD_AGAIN_MS = HOUR_MS
/** Most are renditions: the store takes some at once, each from memory; a large one goes as it is read. */
const CONCURRENCY = 8
const HELD_BYTES = 8 * 1024 * 1024

class NotEmptyError extends Error {
  constructor(places: readonly string[]) {
    super(`${places.join(', ')}: not empty; --replace removes what is there`)
    this.name = 'NotEmptyError'
  }
}

/** Writes a backup into databases and a bucket which nobody uses meanwhile. Interrupted, it is repeated with --replace. */
export class RestoreBackup {
  /** Seconds for each kind of file. */
  readonly spent = { documents: 0, objects: 0 }

  constructor(private readonly parts: RestoreParts) {}

  async execute(manifest: Manifest, replace: boolean): Promise<void> {
    if (!replace) await this.requireEmpty()
    const marks = await this.begin(manifest.id)
    for (const file of manifest.files) {
      await failPoint('restore.beforeFile')
      const began = performance.now()
      await this[file.kind](manifest.id, file)
      this.spent[file.kind] += (performance.now() - began) / 1000
    }
    const consistentAt = new Date(manifest.consistentAt)
    const hearFrom = new Date(Date.parse(manifest.openedAt) - HEARD_AGAIN_MS)
    const restored = { backupAt: consistentAt, hearFrom, restoredAt: new Date() }
    for (const [connection, mark] of marks) await endRestore(connection, mark, restored)
  }

  private async requireEmpty(): Promise<void> {
    const found: string[] = []
    for (const [service, connection] of this.parts.databases)
      for (const name of await filledCollections(connection)) found.push(`${service}.${name}`)
    for (const prefix of [OBJECTS.uploads, OBJECTS.photos])
      for await (const _ of this.parts.store.keysUnder(prefix)) {
        found.push(`objects ${prefix}`)
        break
      }
    if (found.length > 0) throw new NotEmptyError(found)
  }

  /** From now on no service starts on these databases before the restore has ended. */
  private async begin(id: string): Promise<Map<Connection, string>> {
    const { databases, store, exports } = this.parts
    const marks = new Map<Connection, string>()
    const begunAt = new Date()
    for (const connection of databases.values()) {
      await dropCollections(connection)
      marks.set(connection, await beginRestore(connection, id, begunAt))
    }
    await Promise.all([store.prepare(), exports.prepare()])
    await exports.removeUnder('')
    for (const prefix of [OBJECTS.uploads, OBJECTS.photos]) await store.removeUnder(prefix)
    return marks
  }

  private async documents(id: string, { name, service }: StoredFile): Promise<void> {
    const connection = this.parts.databases.get(service as Keeper)
    if (!connection) throw new Error(`the backup is of a service that this release does not have: ${service}`)
    let loaded = 0
    for await (const entry of entriesOf(unzipped(await this.opened(id, name)))) {
      const collection = entry.name.slice(0, entry.name.lastIndexOf('/'))
      const piece = await wholeOf(entry.bytes)
      // an earlier release may have taken it along
      if (!isLeftOut(collection)) loaded += await loadPiece(connection, collection, piece)
      this.parts.progress.show(`${service}: ${count(loaded)} documents`)
    }
  }

  private async objects(id: string, { name, service }: StoredFile): Promise<void> {
    let written = 0
    const under = new Set<Promise<void>>()
    for await (const { name: key, size, bytes } of entriesOf(await this.opened(id, name))) {
      const isLarge = size > HELD_BYTES
      const put = this.put(key, isLarge ? bytes : single(await wholeOf(bytes))).then(() => void under.delete(put))
      put.catch(() => undefined)
      under.add(put)
      if (isLarge) await put
      else if (under.size >= CONCURRENCY) await Promise.race(under)
      this.parts.progress.show(`${service}: ${count(++written)} objects`)
    }
    await Promise.all(under)
  }

  /** What kind of picture it is, its document says. */
  private async put(key: string, bytes: Bytes): Promise<void> {
    await this.parts.store.putStream(key, bytes, 'application/octet-stream')
  }

  private async opened(id: string, name: string): Promise<Bytes> {
    return this.parts.open((await this.parts.place.read(`${id}/${name}`)) as Bytes)
  }
}

function unzipped(bytes: Bytes): Bytes {
  return pipeline(Readable.from(bytes), createGunzip(), () => undefined)
}

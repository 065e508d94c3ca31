import { randomBytes } from 'node:crypto'
import { Readable, pipeline } from 'node:stream'
import { createGzip } from 'node:zlib'
import { failPoint } from '@mpics/eventing'
import { type Connection, DatabaseSnapshot } from '@mpics/mongo'
import type { ObjectStore } from '@mpics/object-store'
import { count, type Progress } from '../progress.js'
import type { Keeper } from '../services.js'
import { archiveOf, type Entry, single } from './archive.js'
import { isLeftOut, OBJECTS } from './contents.js'
import { CopyObjects } from './copy-objects.js'
import { Counted, idAt, type Manifest, type StoredFile, writeManifest } from './manifest.js'
import type { Bytes, Place } from './place.js'
import type { Through } from './seal.js'

export interface BackupParts {
  place: Place
  seal: Through
  encrypted: boolean
  progress: Progress
}

type Snapshots = Map<Keeper, DatabaseSnapshot>

const QUICKLY = { level: 1 }

/** Copies all databases as they are at one moment, and objects so that no document of the copy lacks its own. */
export class TakeBackup {
  private readonly files: StoredFile[] = []
  private readonly id = idAt(new Date(), randomBytes(3).toString('hex'))
  private volumes = 0

  constructor(private readonly parts: BackupParts) {}

  /** An upload is there before its document, and may be gone after it: uploads are copied before and after the databases are opened. */
  async execute(databases: Map<Keeper, Connection>, store: ObjectStore): Promise<Manifest> {
    const objects = new CopyObjects(store)
    await this.objects(objects, OBJECTS.uploads)
    const openedAt = new Date()
    const snapshots = await openAll(databases)
    const consistentAt = new Date()
    await this.objects(objects, OBJECTS.uploads)
    for (const [service, snapshot] of snapshots) await this.documents(service, snapshot)
    await Promise.all([...snapshots.values()].map((snapshot) => snapshot.close()))
    await this.objects(objects, OBJECTS.photos)
    return this.finish(openedAt, consistentAt)
  }

  private async finish(openedAt: Date, consistentAt: Date): Promise<Manifest> {
    const { place, encrypted } = this.parts
    const times = { openedAt: openedAt.toISOString(), consistentAt: consistentAt.toISOString() }
    const made = { id: this.id, ...times, finishedAt: new Date().toISOString(), encrypted, files: this.files }
    await failPoint('backup.beforeManifest')
    await writeManifest(place, made)
    return { format: 1, ...made }
  }

  private async documents(service: Keeper, snapshot: DatabaseSnapshot): Promise<void> {
    let documents = 0
    const told = (more: number) => this.tell(`${service}: ${count((documents += more))} documents`)
    const bytes = zipped(archiveOf(piecesOf(snapshot, told)))
    await this.write({ name: `${service}.tar.gz`, service, kind: 'documents' }, bytes, () => documents)
  }

  private async objects(objects: CopyObjects, prefix: string): Promise<void> {
    for await (const volume of objects.volumes(prefix)) {
      let copied = 0
      const told = () => this.tell(`${OBJECTS.service}: ${count(++copied)} objects under ${prefix}`)
      const name = `${OBJECTS.service}.objects.${++this.volumes}.tar`
      const bytes = archiveOf(telling(volume, told))
      await this.write({ name, service: OBJECTS.service, kind: 'objects' }, bytes, () => copied)
    }
  }

  private async write(
    file: Pick<StoredFile, 'name' | 'service' | 'kind'>,
    bytes: Bytes,
    howMany: () => number,
  ): Promise<void> {
    const { place, seal, encrypted } = this.parts
    const name = encrypted ? `${file.name}.age` : file.name
    const counted = new Counted()
    await failPoint('backup.beforeFile')
    await place.write(`${this.id}/${name}`, counted.through(seal(bytes)))
    this.files.push({ ...file, name, count: howMany(), bytes: counted.bytes, sha256: counted.sha256 })
  }

  private tell(line: string): void {
    this.parts.progress.show(line)
  }
}

async function openAll(databases: Map<Keeper, Connection>): Promise<Snapshots> {
  const opened = [...databases].map(
    async ([service, connection]) => [service, await DatabaseSnapshot.open(connection, isLeftOut)] as const,
  )
  return new Map(await Promise.all(opened))
}

async function* piecesOf(snapshot: DatabaseSnapshot, told: (documents: number) => void): AsyncGenerator<Entry> {
  for (const collection of snapshot.collections) {
    let n = 0
    for await (const { bytes, documents } of snapshot.pieces(collection)) {
      told(documents)
      yield { name: `${collection}/${String(++n).padStart(6, '0')}.bson`, size: bytes.length, bytes: single(bytes) }
    }
  }
}

async function* telling(entries: AsyncIterable<Entry>, told: () => void): AsyncGenerator<Entry> {
  for await (const entry of entries) {
    told()
    yield entry
  }
}

function zipped(bytes: Bytes): Bytes {
  return pipeline(Readable.from(bytes), createGzip(QUICKLY), () => undefined)
}

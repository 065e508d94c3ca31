import type { Readable } from 'node:stream'
import { ObjectStore } from '@mpics/object-store'
import { storeOf } from './environment.js'
import { FolderPlace } from './folder-place.js'
import { StorePlace } from './store-place.js'

export type Bytes = AsyncIterable<Buffer>

/** Where backups lie: files by name, such as `<backup>/manifest.json`. A file is whole once it has its name. */
export interface Place {
  write(name: string, bytes: Bytes): Promise<void>
  read(name: string): Promise<Readable>
  names(prefix: string): AsyncIterable<string>
  remove(names: readonly string[]): Promise<void>
}

const S3 = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*?))?\/?$/

/** A folder, or s3://bucket/prefix with the credentials of BACKUP_S3_…. */
export async function placeAt(address: string): Promise<Place> {
  const [, bucket, prefix = ''] = S3.exec(address) ?? []
  if (bucket === undefined) {
    if (address.startsWith('s3:')) throw new Error(`${address} is no s3://<bucket>/<prefix>`)
    return new FolderPlace(address)
  }
  const store = new ObjectStore(storeOf('BACKUP_S3', bucket))
  await store.prepare()
  return new StorePlace(store, prefix === '' ? '' : `${prefix}/`)
}

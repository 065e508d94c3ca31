import { ObjectMissingError, type ObjectStore } from '@mpics/object-store'
import type { Entry } from './archive.js'
import type { Bytes } from './place.js'

const VOLUME_BYTES = 1024 ** 3

/** The objects of a bucket in volumes, so that no file of a backup is larger than S3 takes. No object is copied twice. */
export class CopyObjects {
  private readonly copied = new Set<string>()

  constructor(private readonly store: ObjectStore) {}

  /** Each volume is to be read before the next. */
  async *volumes(prefix: string, maxBytes = VOLUME_BYTES): AsyncGenerator<AsyncIterable<Entry>> {
    const objects = this.objectsUnder(prefix)
    for (let next = await objects.next(); !next.done;) {
      const first = next.value
      yield volume(first, objects, maxBytes, (later) => (next = later))
    }
  }

  /** One that was deleted since it was listed is left out: so was its document, or its renditions come later. */
  private async *objectsUnder(prefix: string): AsyncGenerator<Entry, undefined> {
    const isRemembered = prefix === UPLOADS
    for await (const key of this.store.keysUnder(prefix)) {
      if (this.copied.has(key)) continue
      const opened = await this.store.openSized(key).catch(ifMissing)
      if (!opened) continue
      if (isRemembered) this.copied.add(key)
      yield { name: key, size: opened.bytes, bytes: opened.content as Bytes }
    }
    return undefined
  }
}

const UPLOADS = 'uploads/'

type Objects = AsyncGenerator<Entry, undefined>

async function* volume(
  first: Entry,
  objects: Objects,
  maxBytes: number,
  ended: (next: IteratorResult<Entry, undefined>) => void,
): AsyncGenerator<Entry> {
  let size = first.size
  yield first
  for (;;) {
    const next = await objects.next()
    ended(next)
    if (next.done || size + next.value.size > maxBytes) return
    size += next.value.size
    yield next.value
  }
}

function ifMissing(error: unknown): undefined {
  if (!(error instanceof ObjectMissingError)) throw error
}

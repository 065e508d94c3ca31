import { createHash } from 'node:crypto'
import { z } from 'zod'
import { single, wholeOf } from './archive.js'
import type { Bytes, Place } from './place.js'
import type { Through } from './seal.js'

/** Newer than every release that cannot read it. */
const FORMAT = 1

const file = z.strictObject({
  name: z.string().regex(/^[a-z]+(\.objects\.\d+)?\.tar(\.gz)?(\.age)?$/),
  service: z.string(),
  kind: z.enum(['documents', 'objects']),
  count: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})

const manifest = z.strictObject({
  format: z.literal(FORMAT),
  id: z.string(),
  /** Before and after the snapshots of all databases were opened. */
  openedAt: z.iso.datetime(),
  consistentAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  encrypted: z.boolean(),
  files: z.array(file),
})

export type StoredFile = z.infer<typeof file>
export type Manifest = z.infer<typeof manifest>

const NAME = 'manifest.json'
const ID = /^\d{8}T\d{6}Z-[0-9a-f]{6}$/

export const isBackupId = (text: string): boolean => ID.test(text)

/** Its name sorts by time. */
export const idAt = (now: Date, random: string): string =>
  `${now.toISOString().replaceAll(/[-:]|\.\d+/g, '')}-${random.slice(0, 6)}`

/** A backup without its manifest, which is written last, is none. */
export async function writeManifest(place: Place, made: Omit<Manifest, 'format'>): Promise<void> {
  const text = `${JSON.stringify({ format: FORMAT, ...made }, null, 2)}\n`
  await place.write(`${made.id}/${NAME}`, single(Buffer.from(text)))
}

export async function readManifest(place: Place, id: string): Promise<Manifest> {
  const bytes = await place.read(`${id}/${NAME}`).catch(() => {
    throw new Error(`there is no whole backup ${id}: it has no manifest`)
  })
  const { data, error } = manifest.safeParse(parsed(await wholeOf(bytes as Bytes)))
  if (error || data.id !== id) throw new Error(`the manifest of ${id} is damaged, or of another release`)
  return data
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString())
  } catch {
    return undefined
  }
}

export interface Stored {
  id: string
  whole: boolean
  names: string[]
}

/** Every backup of a place, the oldest first, and what a broken off one left. */
export async function backupsIn(place: Place): Promise<Stored[]> {
  const byId = new Map<string, string[]>()
  for await (const name of place.names('')) {
    const id = name.split('/', 1)[0]!
    if (isBackupId(id)) byId.set(id, [...(byId.get(id) ?? []), name])
  }
  const sorted = [...byId].sort(([a], [b]) => (a < b ? -1 : 1))
  return sorted.map(([id, names]) => ({ id, names, whole: names.includes(`${id}/${NAME}`) }))
}

/** Passes bytes on, and knows at the end how many they were and their hash. */
export class Counted {
  bytes = 0
  private readonly hash = createHash('sha256')

  async *through(source: Bytes): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      this.bytes += chunk.length
      this.hash.update(chunk)
      yield chunk
    }
  }

  get sha256(): string {
    return this.hash.copy().digest('hex')
  }
}

/** Reads every file once. */
export async function verify(place: Place, { id, files }: Manifest, tell: (name: string) => void): Promise<void> {
  for (const { name, sha256, bytes } of files) {
    tell(name)
    const counted = new Counted()
    const stored = await place.read(`${id}/${name}`).catch(() => undefined)
    if (stored) for await (const _ of counted.through(stored as Bytes));
    if (!stored || counted.sha256 !== sha256 || counted.bytes !== bytes)
      throw new Error(`${name} of the backup ${id} is ${stored ? 'damaged' : 'missing'}: restore another one`)
  }
}

/** Reads the beginning of every file as it was before it was sealed. */
export async function requireOpening(place: Place, { id, files }: Manifest, open: Through): Promise<void> {
  for (const { name } of files) {
    const stored = await place.read(`${id}/${name}`)
    try {
      for await (const _ of open(stored as Bytes)) break
    } catch {
      throw new Error(`the private key does not open ${name} of the backup ${id}: it was encrypted for another`)
    } finally {
      stored.destroy()
    }
  }
}

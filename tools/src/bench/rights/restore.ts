import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serviceNames } from '@mpics/contracts'
import { closeMongo, connectMongo } from '@mpics/mongo'
import { runNode } from '@mpics/testing'
import { generateIdentity, identityToRecipient } from 'age-encryption'
import { root } from '../../environment/root.js'
import type { StackAddresses } from '../../environment/servers/addresses.js'
import { databaseUri } from '../../environment/system/environment.js'
import type { StackBench } from '../measuring/bench.js'
import { interleaved, inTurn } from '../measuring/measure.js'
import { report } from '../measuring/report.js'
import { BareS3 } from '../references/bare-s3.js'

const DOCUMENTS = Number(process.env['BENCH_DOCUMENTS'] ?? 100_000)
const OBJECTS = Number(process.env['BENCH_PHOTOS'] ?? 1_000)
const BYTES = Number(process.env['BENCH_PHOTO_BYTES'] ?? 1_000_000)
const PIECE = 10_000
const AT_ONCE = 8
const KEEPERS = serviceNames.filter((name) => name !== 'gateway')
/** Servers that go on hold what was measured before. */
const OURS = `bench-restore-${randomBytes(4).toString('hex')}`
const [BUCKET, EXPORTS, COPIES] = [OURS, `${OURS}-exports`, `${OURS}-copies`]

/** A restore of an encrypted backup, against a bare client that copies the same documents and objects once. */
export async function benchRestore({ stack, rounds }: StackBench): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'mpics-restore-'))
  const place = join(folder, 'place')
  const environment = await environmentOf(stack.addresses)
  const filled = await Filled.of(environment['PROFILES_MONGODB_URI']!, new BareS3(stack.addresses))
  try {
    const recipient = await identityToRecipient(environment['MPICS_BACKUP_IDENTITY']!)
    const { id } = (await mpics(['backup', place, '--recipient', recipient], environment)) as { id: string }
    const answers: Restored[] = []
    const restore = async () => {
      answers.push((await mpics(['restore', `${place}/${id}`, '--replace'], environment)) as Restored)
    }
    const ours = () => inTurn(restore, 1)
    const comparison = await interleaved(ours, () => inTurn(() => filled.copy(), 1), rounds)
    const title = `Restore of ${DOCUMENTS} documents and ${OBJECTS} objects of ${BYTES / 1e6} MB`
    report(title, { ours: 'mpics restore, encrypted', reference: 'bare client copies them' }, comparison)
    const { documentsPerSecond, megabytesPerSecond } = answers.at(-1)!
    console.log(`  ${documentsPerSecond} documents/s, ${megabytesPerSecond} MB/s of objects`)
  } finally {
    await filled.close()
    await rm(folder, { recursive: true, force: true })
  }
}

interface Restored {
  documentsPerSecond: number
  megabytesPerSecond: number
}

async function environmentOf(addresses: StackAddresses): Promise<Record<string, string>> {
  const { mongodbUri, s3Endpoint, s3AccessKey, s3SecretKey, kafkaBrokers } = addresses
  const s3 = (prefix: string, bucket: string) => ({
    [`${prefix}_ENDPOINT`]: s3Endpoint,
    [`${prefix}_ACCESS_KEY`]: s3AccessKey,
    [`${prefix}_SECRET_KEY`]: s3SecretKey,
    [`${prefix}_BUCKET`]: bucket,
  })
  const uris = KEEPERS.map((name) => [`${name.toUpperCase()}_MONGODB_URI`, databaseUri(mongodbUri, `${OURS}-${name}`)])
  return {
    ...(Object.fromEntries(uris) as Record<string, string>),
    ...s3('MEDIA_S3', BUCKET),
    ...s3('EXPORTS_S3', EXPORTS),
    KAFKA_BROKERS: kafkaBrokers,
    MPICS_BACKUP_IDENTITY: await generateIdentity(),
  }
}

async function mpics(args: readonly string[], environment: Record<string, string>): Promise<object> {
  const { code, out, err } = await runNode(join(root, 'apps/mpics/dist/main.js'), [...args, '--json'], environment)
  if (code !== 0) throw new Error(`mpics ${args[0]}: ${err}`)
  return JSON.parse(out) as object
}

/** What is backed up: profiles, and objects with bytes of their own. */
class Filled {
  private constructor(
    private readonly connection: Awaited<ReturnType<typeof connectMongo>>,
    private readonly s3: BareS3,
    private readonly keys: readonly string[],
  ) {}

  static async of(uri: string, s3: BareS3): Promise<Filled> {
    const connection = await connectMongo(uri)
    const bio = randomBytes(300).toString('base64')
    for (let made = 0; made < DOCUMENTS; made += PIECE) {
      const ids = Array.from({ length: Math.min(PIECE, DOCUMENTS - made) }, (_, i) => `person-${made + i}`)
      const profiles = ids.map((_id) => ({ _id, handle: _id, fullName: _id, bio, createdAt: new Date(), version: 1 }))
      await connection.db!.collection<{ _id: string }>('profiles').insertMany(profiles, { ordered: false })
    }
    await s3.make(BUCKET)
    await s3.make(COPIES)
    const keys = Array.from({ length: OBJECTS }, (_, i) => `photos/${i}/1/original`)
    for (let at = 0; at < OBJECTS; at += AT_ONCE)
      await Promise.all(keys.slice(at, at + AT_ONCE).map((key) => s3.put(BUCKET, key, randomBytes(BYTES))))
    return new Filled(connection, s3, keys)
  }

  async copy(): Promise<void> {
    const copies = this.connection.db!.collection('copies')
    await copies.drop()
    const batch: object[] = []
    for await (const document of this.connection.db!.collection('profiles').find())
      if (batch.push(document) === PIECE) await copies.insertMany(batch.splice(0))
    if (batch.length > 0) await copies.insertMany(batch)
    await this.s3.copy(BUCKET, COPIES, this.keys, BYTES)
  }

  async close(): Promise<void> {
    await closeMongo(this.connection)
  }
}

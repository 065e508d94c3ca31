import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serviceNames } from '@mpics/contracts'
import { closeMongo, connectMongo } from '@mpics/mongo'
import { runNode } from '@mpics/testing'
import { generateIdentity, identityToRecipient } from 'age-encryption'
import { root } from '../../environment/root.js'
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
const [BUCKET, EXPORTS, COPIES] = ['bench-restore', 'bench-restore-exports', 'bench-restore-copies']

/** A restore of an encrypted backup, against a bare client that copies the same documents and objects once. */
export async function benchRestore({ stack, rounds }: StackBench): Promise<void> {
  const { mongodbUri, s3Endpoint, s3AccessKey, s3SecretKey, kafkaBrokers } = stack.addresses
  const folder = await mkdtemp(join(tmpdir(), 'mpics-restore-'))
  const uriOf = (service: string) => databaseUri(mongodbUri, `bench-restore-${service}`)
  const s3 = (prefix: string, bucket: string) => ({
    [`${prefix}_ENDPOINT`]: s3Endpoint,
    [`${prefix}_ACCESS_KEY`]: s3AccessKey,
    [`${prefix}_SECRET_KEY`]: s3SecretKey,
    [`${prefix}_BUCKET`]: bucket,
  })
  const environment = {
    ...Object.fromEntries(KEEPERS.map((name) => [`${name.toUpperCase()}_MONGODB_URI`, uriOf(name)])),
    ...s3('MEDIA_S3', BUCKET),
    ...s3('EXPORTS_S3', EXPORTS),
    KAFKA_BROKERS: kafkaBrokers,
    MPICS_BACKUP_IDENTITY: await generateIdentity(),
  }
  const mpics = async (...args: string[]) => {
    const { code, out, err } = await runNode(join(root, 'apps/mpics/dist/main.js'), [...args, '--json'], environment)
    if (code !== 0) throw new Error(`mpics ${args[0]}: ${err}`)
    return JSON.parse(out) as Record<string, unknown>
  }
  const filled = await Filled.of(uriOf('profiles'), new BareS3(stack.addresses))
  try {
    await writeFile(join(folder, 'recipient'), await identityToRecipient(environment.MPICS_BACKUP_IDENTITY))
    const { id } = await mpics('backup', join(folder, 'place'), '--recipients-file', join(folder, 'recipient'))
    let last: Record<string, unknown> = {}
    const restored = async () => void (last = await mpics('restore', join(folder, 'place', id as string), '--replace'))
    const comparison = await interleaved(
      () => inTurn(restored, 1),
      () => inTurn(() => filled.copy(), 1),
      rounds,
    )
    const title = `Restore of ${DOCUMENTS} documents and ${OBJECTS} objects of ${BYTES / 1e6} MB`
    report(title, { ours: 'mpics restore, encrypted', reference: 'bare client copies them' }, comparison)
    console.log(`  ${String(last['documentsPerSecond'])} documents/s, ${String(last['megabytesPerSecond'])} MB/s`)
  } finally {
    await filled.close()
    await rm(folder, { recursive: true, force: true })
  }
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
    let batch: object[] = []
    for await (const document of this.connection.db!.collection('profiles').find())
      if (batch.push(document) === PIECE) await copies.insertMany(batch.splice(0))
    if (batch.length > 0) await copies.insertMany(batch)
    await this.s3.copy(BUCKET, COPIES, this.keys, BYTES)
  }

  async close(): Promise<void> {
    await closeMongo(this.connection)
  }
}

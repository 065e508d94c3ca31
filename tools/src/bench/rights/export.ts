import { join } from 'node:path'
import { identity } from '@mpics/contracts'
import { eventually } from '@mpics/testing/eventually'
import { root } from '../../environment/root.js'
import { Member, newPerson } from '../../people/member.js'
import type { Bench } from '../measuring/bench.js'
import { interleaved, inTurn } from '../measuring/measure.js'
import { residentMegabytes } from '../measuring/process-figures.js'
import { report } from '../measuring/report.js'
import { BareS3 } from '../references/bare-s3.js'
import { ManyPhotos } from './many-photos.js'

const PHOTOS = Number(process.env['BENCH_PHOTOS'] ?? 1_000)
const BYTES = Number(process.env['BENCH_PHOTO_BYTES'] ?? 1_000_000)
const COPIES = 'bench-copies'
const LOOK_MS = 100
const TIMEOUT_MS = 3_600_000

/** All photos of a person in one zip, against a bare client that copies the same objects; and how large the two services become by it. */
export async function benchExport({ system, api, mailbox, rounds }: Bench): Promise<void> {
  const member = async () => {
    const made = new Member(newPerson('bench', 'Bench'), api, mailbox)
    await made.join()
    return made
  }
  const first = await member()
  const like = await first.upload(join(root, 'tools/photographs/coffee.jpg'))
  await first.published(like)
  const s3 = new BareS3(system.stack)
  await s3.make(COPIES)
  const photos = await ManyPhotos.of(system, s3, like, { count: PHOTOS, bytes: BYTES })
  const largest = new Largest({ identity: system.services.identity.pid!, media: system.services.media.pid! })
  const exported = async () => {
    const owner = await member()
    await photos.belongTo(owner.accountId)
    return inTurn(() => largest.during(() => exportOf(owner)), 1)
  }
  const copied = () => inTurn(() => s3.copy(photos.bucket, COPIES, photos.keys, BYTES), 1)
  try {
    const comparison = await interleaved(exported, copied, rounds)
    const title = `Export of ${PHOTOS} photos of ${BYTES / 1e6} MB`
    report(title, { ours: 'asked for to ready', reference: 'bare client copies the objects' }, comparison)
    console.log(`  ${largest.shown()}`)
  } finally {
    await photos.close()
  }
}

async function exportOf({ api }: Member): Promise<void> {
  const { id } = await api.call(identity.requestExport, {})
  const isReady = async () => (await api.call(identity.getExport, { params: { id } })).status === 'ready'
  await eventually('the export', isReady, TIMEOUT_MS, LOOK_MS)
}

/** The resident memory of processes before, and at most meanwhile. */
class Largest {
  private readonly before: Record<string, number>
  private readonly most: Record<string, number>

  constructor(private readonly pids: Record<string, number>) {
    this.before = this.now()
    this.most = this.now()
  }

  async during(work: () => Promise<void>): Promise<void> {
    const looking = setInterval(() => {
      for (const [name, megabytes] of Object.entries(this.now()))
        this.most[name] = Math.max(this.most[name]!, megabytes)
    }, LOOK_MS)
    await work().finally(() => clearInterval(looking))
  }

  shown(): string {
    const of = (name: string) =>
      `${name} ${this.before[name]!.toFixed(0)} MB at rest, ${this.most[name]!.toFixed(0)} at most`
    return Object.keys(this.pids).map(of).join('; ')
  }

  private now(): Record<string, number> {
    return Object.fromEntries(Object.entries(this.pids).map(([name, pid]) => [name, residentMegabytes(pid)]))
  }
}

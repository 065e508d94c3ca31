import { setTimeout as delay } from 'node:timers/promises'
import { type ApiClient, ProblemError } from '@mpics/api-client'
import { media } from '@mpics/contracts'
import type { Archive } from './archive.js'
import type { ExportedPhoto } from './exported-account.js'
import type { Journal } from './journal.js'

const PAUSE_MS = 5_000
/** Of a photo; the server has taken and judged its bytes by then. */
const TIMEOUT_MS = 120_000

export interface PhotosOutcome {
  imported: number
  skipped: number
}

/** Uploads one after the other, the oldest first. Each has a key of its own, so that one whose answer was lost is not made twice. */
export class ImportPhotos {
  private readonly api: ApiClient

  constructor(
    api: ApiClient,
    private readonly archive: Archive,
    private readonly journal: Journal,
  ) {
    this.api = api.with({ timeoutMs: TIMEOUT_MS, retryForMs: TIMEOUT_MS })
  }

  async execute(photos: readonly ExportedPhoto[], told: (done: number) => void): Promise<PhotosOutcome> {
    const outcome = { imported: 0, skipped: 0 }
    for (const [i, photo] of photos.entries()) {
      if (isTaken(photo)) {
        if (!this.journal.has(photo.id)) await this.upload(photo)
        outcome.imported += 1
      } else outcome.skipped += 1
      told(i + 1)
    }
    return outcome
  }

  private async upload(photo: ExportedPhoto & { file: string }): Promise<void> {
    const name = this.archive.photoAt(photo.file)
    const file = new File([await this.archive.bytes(name)], name.slice('photos/'.length))
    const { title, description, altText, place, tags, licence, visibility } = photo
    const texts = Object.entries({ title, description, altText, place, tags, licence, visibility })
    const body = { ...Object.fromEntries(texts.filter(([, value]) => value !== null && value !== undefined)), file }
    const headers = { 'idempotency-key': `import-${photo.id}` }
    await patiently(() => this.api.answer(media.uploadPhoto, { body }, headers))
    await this.journal.add(photo.id)
  }
}

/** What was in the trash or rejected stays behind. */
const isTaken = (photo: ExportedPhoto): photo is ExportedPhoto & { file: string } =>
  photo.file !== null && (photo.status === 'published' || photo.status === 'processing')

/** Waits while the server wants fewer requests; of the day's quota the person is told. */
async function patiently(work: () => Promise<unknown>): Promise<void> {
  for (;;)
    try {
      await work()
      return
    } catch (error) {
      if (!(error instanceof ProblemError) || error.status !== 429 || error.code === 'media.quota-exceeded') throw error
      await delay(PAUSE_MS)
    }
}

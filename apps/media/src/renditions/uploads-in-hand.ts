import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { ErasedIds } from '@mpics/eventing'
import { Clock } from '@mpics/service-kit'
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common'
import { context, trace } from '@opentelemetry/api'
import type { Outcome } from '../decoder/jobs.js'
import { removeJobFolder } from '../decoding/job-folder.js'
import type { Photo } from '../photos/photo.js'
import { PhotoRepository } from '../photos/photo.repository.js'
import { FinishUpload } from './finish-upload.js'
import { RenderUpload } from './render-upload.js'

/** By then a picture of the quick lane is decided or given up, as a rule. Whoever comes later makes the same objects again. */
const HELD_MS = 15_000
/** By how much clocks of replicas may differ. */
const MAX_SKEW_MS = 5_000
const DRAIN_TIMEOUT_MS = 10_000
const tracer = trace.getTracer('@mpics/media')

type Insert = (inHandUntil: () => Date | null) => Promise<void>

interface Hand {
  photo: Photo
  /** Others were told to leave the photo alone. */
  isTold: boolean
  isOpen: boolean
  /** False: nobody knows whether it was. */
  inserted: PromiseWithResolvers<boolean>
}

/**
 * Makes the renditions of a picture of the bytes that just came, while the store takes them and its document is written. The document
 * says until when other replicas leave it to this one (ADR 92). What fails here is left to the event of the upload.
 */
@Injectable()
export class UploadsInHand implements BeforeApplicationShutdown {
  private readonly logger = new Logger('UploadsInHand')
  private readonly works = new Map<string, Promise<boolean>>()
  /** The request is answered meanwhile: a work belongs to its trace alone. */
  private readonly outside = AsyncLocalStorage.snapshot()
  private stopped = false

  constructor(
    private readonly photos: PhotoRepository,
    private readonly render: RenderUpload,
    private readonly finish: FinishUpload,
    private readonly erased: ErasedIds,
    private readonly clock: Clock,
  ) {}

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true
    await Promise.race([Promise.all(this.works.values()), delay(DRAIN_TIMEOUT_MS, undefined, { ref: false })])
  }

  /** True once its renditions were made here of the bytes in hand; false where they are still to be made. */
  async finished(photoId: string): Promise<boolean> {
    return (await this.works.get(photoId)) ?? false
  }

  /** True while another replica makes its renditions. */
  isElsewhere({ inHandUntil }: Photo): boolean {
    const left = inHandUntil ? inHandUntil.getTime() - this.clock.now().getTime() : 0
    return left > 0 && left < HELD_MS + MAX_SKEW_MS
  }

  /** Accepts an upload as `insert` does, whatever becomes of its renditions meanwhile. It takes the folder of its bytes. */
  async accept(photo: Photo, folder: string | undefined, insert: Insert): Promise<void> {
    const hand: Hand = { photo, isTold: false, isOpen: folder !== undefined, inserted: Promise.withResolvers() }
    if (folder !== undefined) this.begin(hand, folder)
    try {
      await insert(() => this.tell(hand))
      hand.inserted.resolve(true)
    } finally {
      hand.inserted.resolve(false)
    }
  }

  private begin(hand: Hand, folder: string): void {
    const { id } = hand.photo
    const work = this.traced(() => this.work(hand, folder)).finally(() => {
      if (this.works.get(id) === work) this.works.delete(id)
    })
    this.works.set(id, work)
  }

  private traced(work: () => Promise<boolean>): Promise<boolean> {
    const parent = context.active()
    return this.outside(() =>
      tracer.startActiveSpan('make renditions in hand', {}, parent, (span) => work().finally(() => span.end())),
    )
  }

  private tell(hand: Hand): Date | null {
    hand.isTold = hand.isOpen
    return hand.isTold ? new Date(this.clock.now().getTime() + HELD_MS) : null
  }

  /** Never rejects. */
  private async work(hand: Hand, folder: string): Promise<boolean> {
    try {
      const outcome = this.stopped ? undefined : await this.made(hand, folder)
      if (outcome) return await this.finish.execute(hand.photo.id, () => this.finish.decided(hand.photo, outcome))
    } catch (err) {
      if (await hand.inserted.promise) this.logger.warn({ err }, 'the renditions of an upload are left to its event')
    } finally {
      await removeJobFolder(folder).catch(this.noted)
    }
    await this.letGo(hand).catch(this.noted)
    return false
  }

  /** Undefined for a photo of somebody erased, too: its event tells of it to whoever erases. */
  private async made({ photo, inserted }: Hand, folder: string): Promise<Outcome | undefined> {
    const outcome = await this.render.inHand(photo, folder, inserted.promise)
    return outcome && !(await this.erased.isNamedIn(photo.ownerId)) ? outcome : undefined
  }

  /** Of an insert that failed nobody knows whether it happened; of a photo that was erased nothing stays. */
  private async letGo(hand: Hand): Promise<void> {
    hand.isOpen = false
    const isInserted = await hand.inserted.promise
    const isThere = !hand.isTold || (await this.photos.letGo(hand.photo.id))
    if (isInserted && !isThere) await this.finish.leaveNothing(hand.photo.id)
  }

  private readonly noted = (err: unknown): void => {
    this.logger.warn({ err }, 'what was in hand was not cleared away')
  }
}

import { AsyncLocalStorage } from 'node:async_hooks'
import { rm } from 'node:fs/promises'
import { Clock } from '@mpics/service-kit'
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common'
import { context, trace } from '@opentelemetry/api'
import type { Outcome } from '../decoder/jobs.js'
import { letGoOf, type Photo } from '../photos/photo.js'
import { PhotoRepository } from '../photos/photo.repository.js'
import { FinishUpload } from './finish-upload.js'
import { RenderUpload } from './render-upload.js'

/** By then a picture of the quick lane is decided or given up. Whoever comes later makes the same objects again. */
const HELD_MS = 15_000

const tracer = trace.getTracer('@mpics/media')

type Insert = (inHandUntil: () => Date | null) => Promise<void>

interface Hand {
  photo: Photo
  /** Others were told to leave the photo alone. */
  isTold: boolean
  isOpen: boolean
  inserted: PromiseWithResolvers<void>
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

  constructor(
    private readonly photos: PhotoRepository,
    private readonly render: RenderUpload,
    private readonly finish: FinishUpload,
    private readonly clock: Clock,
  ) {}

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.works.values())
  }

  /** True once its renditions were made here of the bytes in hand; false where they are still to be made. */
  async finished(photoId: string): Promise<boolean> {
    return (await this.works.get(photoId)) ?? false
  }

  /** True while another replica makes its renditions, by clocks that agree to some seconds. */
  isElsewhere({ inHandUntil }: Photo): boolean {
    const left = inHandUntil ? inHandUntil.getTime() - this.clock.now().getTime() : 0
    return left > 0 && left < 2 * HELD_MS
  }

  /** Accepts an upload as `insert` does, whatever becomes of its renditions meanwhile. It takes the folder of its bytes. */
  async accept(photo: Photo, folder: string | undefined, insert: Insert): Promise<void> {
    const hand: Hand = { photo, isTold: false, isOpen: true, inserted: Promise.withResolvers() }
    hand.inserted.promise.catch(() => undefined)
    if (folder === undefined) hand.isOpen = false
    else this.begin(hand, folder)
    try {
      await insert(() => this.tell(hand))
      hand.inserted.resolve()
    } catch (error) {
      hand.inserted.reject(error)
      throw error
    }
  }

  private begin(hand: Hand, folder: string): void {
    const { id } = hand.photo
    const work = this.traced(() => this.work(hand, folder))
    this.works.set(
      id,
      work.finally(() => this.works.delete(id)),
    )
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

  private async work(hand: Hand, folder: string): Promise<boolean> {
    const { photo, inserted } = hand
    try {
      const outcome = await this.render.inHand(photo, folder, inserted.promise)
      return outcome ? await this.decided(photo, outcome) : await this.letGo(hand)
    } catch (err) {
      return await this.letGo(hand, err)
    } finally {
      await rm(folder, { recursive: true, force: true }).catch(this.noted)
    }
  }

  private decided(photo: Photo, outcome: Outcome): Promise<boolean> {
    return this.finish.execute(photo.id, () => this.finish.decided(photo, outcome))
  }

  private async letGo(hand: Hand, err?: unknown): Promise<false> {
    hand.isOpen = false
    const isInserted = await hand.inserted.promise.then(
      () => true,
      () => false,
    )
    if (!isInserted) return false
    if (err) this.logger.warn({ err }, 'the renditions of an upload are left to its event')
    if (hand.isTold) await this.photos.change(hand.photo.id, letGoOf).catch(this.noted)
    return false
  }

  private readonly noted = (err: unknown): void => {
    this.logger.warn({ err }, 'what was in hand was not cleared away')
  }
}

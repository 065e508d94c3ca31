import { createHmac, timingSafeEqual } from 'node:crypto'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { MediaConfig } from '../config.js'
import type { Photo, RenditionName } from './photo.js'

/** A link is the same for so long, and is valid for one to two such spans. */
const SPAN_SECONDS = 300

type Linked = Pick<Photo, 'id' | 'contentVersion' | 'visibility'>

export interface Signed {
  v?: number
  reader?: string
  expires?: number
  signature?: string
}

/**
 * Links to the bytes of renditions. An `<img>` sends no bearer token, so the link of a photo that is not public carries the
 * viewer's id, an end and a MAC. It only says who asks: each request checks whether they may see the photo.
 */
@Injectable()
export class RenditionLinks {
  constructor(
    private readonly config: MediaConfig,
    private readonly clock: Clock,
  ) {}

  linkTo(photo: Linked, name: RenditionName, viewerId: string | undefined): string {
    const open = `/v1/photos/${photo.id}/${name}?v=${photo.contentVersion}`
    const isPublic = photo.visibility === 'public' && name !== 'original'
    if (isPublic || viewerId === undefined) return open
    const expires = (Math.floor(this.seconds() / SPAN_SECONDS) + 2) * SPAN_SECONDS
    const signature = this.mac(photo.id, name, viewerId, expires)
    return `${open}&reader=${viewerId}&expires=${expires}&signature=${signature.toString('base64url')}`
  }

  /** The viewer whom a link was made for; undefined for a forged one. */
  viewerOf(photoId: string, name: RenditionName, { reader, expires, signature }: Signed): string | undefined {
    if (!reader || expires === undefined || !signature) return undefined
    const [given, ours] = [Buffer.from(signature, 'base64url'), this.mac(photoId, name, reader, expires)]
    return given.length === ours.length && timingSafeEqual(given, ours) ? reader : undefined
  }

  isOver({ expires }: Signed): boolean {
    return expires !== undefined && expires <= this.seconds()
  }

  private mac(photoId: string, name: string, viewerId: string, expires: number): Buffer {
    const said = ['rendition', photoId, name, viewerId, expires].join('\n')
    return createHmac('sha256', this.config.MEDIA_LINK_KEY).update(said).digest()
  }

  private seconds(): number {
    return Math.floor(this.clock.now().getTime() / 1000)
  }
}

import { Clock, OverlappingMac } from '@mpics/service-kit'
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
  private readonly mac: OverlappingMac

  constructor(
    config: MediaConfig,
    private readonly clock: Clock,
  ) {
    this.mac = new OverlappingMac(config.MEDIA_LINK_KEY)
  }

  linkTo(photo: Linked, name: RenditionName, viewerId: string | undefined): string {
    const open = `/v1/photos/${photo.id}/${name}?v=${photo.contentVersion}`
    const isPublic = photo.visibility === 'public' && name !== 'original'
    if (isPublic || viewerId === undefined) return open
    const expires = (Math.floor(this.seconds() / SPAN_SECONDS) + 2) * SPAN_SECONDS
    const signature = this.mac.make(said(photo.id, name, viewerId, expires))
    return `${open}&reader=${viewerId}&expires=${expires}&signature=${signature.toString('base64url')}`
  }

  /** The viewer whom a link was made for; undefined for a forged one. */
  viewerOf(photoId: string, name: RenditionName, { reader, expires, signature }: Signed): string | undefined {
    if (!reader || expires === undefined || !signature) return undefined
    const isOurs = this.mac.isOurs(said(photoId, name, reader, expires), Buffer.from(signature, 'base64url'))
    return isOurs ? reader : undefined
  }

  isOver({ expires }: Signed): boolean {
    return expires !== undefined && expires <= this.seconds()
  }

  private seconds(): number {
    return Math.floor(this.clock.now().getTime() / 1000)
  }
}

const said = (photoId: string, name: string, viewerId: string, expires: number): string =>
  ['rendition', photoId, name, viewerId, expires].join('\n')

import { Clock, type MemberIdentity, OverlappingMac } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { MediaConfig } from '../config.js'
import type { Photo, RenditionName } from './photo.js'

/** A link is the same for so long, and is valid for one to two such spans. */
const SPAN_SECONDS = 300

type Linked = Pick<Photo, 'id' | 'contentVersion' | 'visibility'>

export type Viewer = Pick<MemberIdentity, 'accountId' | 'sessionId'>

export interface Signed {
  v?: number
  reader?: string
  session?: string
  expires?: number
  signature?: string
}

/**
 * Links to the bytes of renditions. An `<img>` sends no bearer token, so the link of a photo that is not public carries the
 * viewer's id, their session, an end and a MAC. It only says who asks: each request checks whether they may see the photo, and the
 * gateway whether the session lasts.
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

  linkTo(photo: Linked, name: RenditionName, viewer: Viewer | undefined): string {
    const open = `/v1/photos/${photo.id}/${name}?v=${photo.contentVersion}`
    const isPublic = photo.visibility === 'public' && name !== 'original'
    if (isPublic || viewer === undefined) return open
    const { accountId, sessionId } = viewer
    const expires = (Math.floor(this.seconds() / SPAN_SECONDS) + 2) * SPAN_SECONDS
    const signature = this.mac.make(said(photo.id, name, accountId, expires, sessionId))
    const ends = `expires=${expires}&signature=${signature.toString('base64url')}`
    return `${open}&reader=${accountId}${sessionId && `&session=${sessionId}`}&${ends}`
  }

  /** The viewer whom a link was made for; undefined for a forged one. */
  viewerOf(photoId: string, name: RenditionName, { reader, expires, signature, session }: Signed): string | undefined {
    if (!reader || expires === undefined || !signature) return undefined
    const isOurs = this.mac.isOurs(said(photoId, name, reader, expires, session), Buffer.from(signature, 'base64url'))
    return isOurs ? reader : undefined
  }

  isOver({ expires }: Signed): boolean {
    return expires !== undefined && expires <= this.seconds()
  }

  private seconds(): number {
    return Math.floor(this.clock.now().getTime() / 1000)
  }
}

/** A link of an earlier version names no session; it lives for ten minutes. */
const said = (photoId: string, name: string, viewerId: string, expires: number, session = ''): string =>
  ['rendition', photoId, name, viewerId, expires, ...(session && [session])].join('\n')

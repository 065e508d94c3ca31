import { media } from '@mpics/contracts'
import { PeerError, Peers } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { z } from 'zod'
import { Gathered } from '../compose/gathered.js'

const MAX_PHOTOS = 80
/** Media refuses a question with another id in it, and so everybody who shares it. */
const photoId = z.uuid()

/** Tells which photos a viewer may see. For visitors it is the same whoever asks: requests of one moment share a call. */
@Injectable()
export class VisiblePhotos {
  private readonly forVisitors = new Gathered((ids) => this.ask(ids, null), MAX_PHOTOS)

  constructor(private readonly peers: Peers) {}

  async among(ids: readonly string[], readerId: string | null): Promise<ReadonlyMap<string, true>> {
    const asked = [...new Set(ids)].filter((id) => photoId.safeParse(id).success)
    if (asked.length === 0) return new Map()
    return readerId === null ? this.forVisitors.load(asked) : this.ask(asked, readerId)
  }

  private async ask(ids: string[], readerId: string | null): Promise<ReadonlyMap<string, true>> {
    const asked = this.peers.call(media.visiblePhotos, { body: { ids, readerId } })
    const visible = await asked.catch(noneIfUnknown)
    return new Map(visible.ids.map((id) => [id, true]))
  }
}

/** A replica of the version before does not know the call. */
function noneIfUnknown(error: unknown): { ids: string[] } {
  if (error instanceof PeerError && error.status === 404) return { ids: [] }
  throw error
}

import { type ApiAnswer, media } from '@mpics/contracts'
import { PeerError, Peers } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { Gathered } from './gathered.js'
import { rethrowUpstreamProblem } from './upstream-problem.error.js'

type PublicPhoto = ApiAnswer<typeof media.photosForVisitors>['items'][number]

const MAX_PHOTOS = 80

/** What a photo shows to visitors is the same whoever asks: requests of one moment share a call. */
@Injectable()
export class PhotosForVisitors {
  private readonly asked = new Gathered((ids) => this.ask(ids), MAX_PHOTOS)

  constructor(private readonly peers: Peers) {}

  /** Repeats the refusal of media where visitors find no such photo. */
  async get(id: string): Promise<PublicPhoto> {
    const found = await this.asked.load([id]).catch(noneIfRefused)
    return found.get(id) ?? this.peers.call(media.getPhoto, { params: { id } }).catch(rethrowUpstreamProblem)
  }

  private async ask(ids: string[]): Promise<ReadonlyMap<string, PublicPhoto>> {
    const { items } = await this.peers.call(media.photosForVisitors, { body: { ids } })
    return new Map(items.map((photo) => [photo.id, photo]))
  }
}

/** A replica of the version before does not know the call: each photo has an answer of its own. */
function noneIfRefused(error: unknown): ReadonlyMap<string, PublicPhoto> {
  if (error instanceof PeerError) return new Map()
  throw error
}

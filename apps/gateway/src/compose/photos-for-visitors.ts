import { type ApiAnswer, media } from '@mpics/contracts'
import { PeerError, Peers } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { Gathered } from './gathered.js'
import { rethrowUpstreamProblem, upstreamProblem } from './upstream-problem.error.js'

type PublicPhoto = ApiAnswer<typeof media.photosForVisitors>['items'][number]

const MAX_PHOTOS = 80
/** Media says the same of a photo that is not there and of one that is hidden. */
const NOT_FOUND = { code: 'media.photo-not-found', detail: 'There is no photo here that you may see.' }

/** What a photo shows to visitors is the same whoever asks: requests of one moment share a call. */
@Injectable()
export class PhotosForVisitors {
  private readonly asked = new Gathered((ids) => this.ask(ids), MAX_PHOTOS)

  constructor(private readonly peers: Peers) {}

  /** Refuses as media does where visitors find no such photo. */
  async get(id: string): Promise<PublicPhoto> {
    const found = await this.asked.load([id]).catch(unlessUnknown)
    if (!found) return this.peers.call(media.getPhoto, { params: { id } }).catch(rethrowUpstreamProblem)
    const photo = found.get(id)
    if (!photo) throw upstreamProblem(404, NOT_FOUND)
    return photo
  }

  private async ask(ids: string[]): Promise<ReadonlyMap<string, PublicPhoto>> {
    const { items } = await this.peers.call(media.photosForVisitors, { body: { ids } })
    return new Map(items.map((photo) => [photo.id, photo]))
  }
}

/** A replica of the version before does not know the call: each photo has an answer of its own. */
function unlessUnknown(error: unknown): undefined {
  if (error instanceof PeerError && error.status === 404 && error.code === 'not-found') return
  rethrowUpstreamProblem(error)
}

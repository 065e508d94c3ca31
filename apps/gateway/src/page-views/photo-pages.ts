import { media } from '@mpics/contracts'
import type { Peers } from '@mpics/service-kit'
import { Gathered } from '../compose/gathered.js'
import { undefinedIfNone } from './no-such-page.js'

const MAX_PHOTOS = 80

/** The photos that one viewer may see (null: anonymous). Questions of one moment make one call. */
export class PhotoPages {
  private readonly gathered = new Gathered((ids) => this.ask(ids), MAX_PHOTOS)

  constructor(
    private readonly peers: Peers,
    private readonly readerId: string | null,
  ) {}

  /** Undefined where this viewer finds no such photo. */
  async ownerOf(id: string): Promise<string | undefined> {
    const found = await this.gathered.load([id]).catch(undefinedIfNone)
    return found ? found.get(id) : this.askAlone(id)
  }

  private async ask(ids: string[]): Promise<ReadonlyMap<string, string>> {
    const { items } = await this.peers.call(media.photoPages, { body: { ids, readerId: this.readerId } })
    return new Map(items.map(({ id, ownerId }) => [id, ownerId]))
  }

  /** A replica of another version does not know the call for many, or refuses one of them: each has an answer of its own. */
  private async askAlone(id: string): Promise<string | undefined> {
    const query = { readerId: this.readerId ?? undefined }
    const page = await this.peers.call(media.photoPage, { params: { id }, query }).catch(undefinedIfNone)
    return page?.ownerId
  }
}

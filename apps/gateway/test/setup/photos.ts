import { media } from '@mpics/contracts'
import { on, peer, type TestPeer } from '@mpics/testing'
import { photo } from './samples.js'

const { description: _d, tags: _t, place: _p, licence: _l, camera: _c, ...summary } = photo

/** A media service of long lists, whose last page is the second. */
export const photos = (): Promise<TestPeer> =>
  peer(
    on(media.getPhoto, ({ params }) => ({ ...photo, id: params.id })),
    on(media.listMyPhotos, () => ({ items: Array.from({ length: 40 }, () => summary), nextCursor: null })),
    on(media.explorePhotos, ({ query }) => ({
      items: Array.from({ length: query.limit }, () => summary),
      nextCursor: query.cursor ? null : 'next+one',
    })),
  )

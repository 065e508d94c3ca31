import type { analytics, Envelope } from '@mpics/contracts'
import type { Photo } from './photo.js'

const PHOTO_PAGE = /^\/photos\/([0-9a-f-]{36})$/

/** The photo whose page a total is of, with the total; undefined for another page. */
export function viewedPhoto({
  data,
  sequence,
}: Envelope<typeof analytics.viewTotalUpdated>): { id: string; views: Photo['views'] } | undefined {
  const id = PHOTO_PAGE.exec(data.page)?.[1]
  return id !== undefined && sequence !== undefined ? { id, views: { total: data.total, sequence } } : undefined
}

import type { analytics, Envelope } from '@mpics/contracts'
import type { Fact } from '@mpics/eventing'
import type { Photo } from './photo.js'

const PHOTO_PAGE = /^\/photos\/([0-9a-f-]{36})$/

export type ViewedPhoto = Pick<Photo, 'id' | 'views'>

/** The photo whose page a total is of, with the total; undefined for another page. */
export function viewedPhoto({ data, sequence }: Envelope<typeof analytics.viewTotalUpdated>): ViewedPhoto | undefined {
  const id = PHOTO_PAGE.exec(data.page)?.[1]
  return id !== undefined && sequence !== undefined ? { id, views: { total: data.total, sequence } } : undefined
}

export const factOf = ({ id, views: { total, sequence } }: ViewedPhoto): Fact => ({ id, sequence, fields: { total } })

import type { mongo } from 'mongoose'
import type { LoggedView, View } from './view.js'

export const VIEW_LOG = 'floor_view_log'
const RETENTION_SECONDS = 30 * 24 * 60 * 60

/** The views that were counted at once of one partition. They name their page by its place among all. */
export interface Stretch {
  _id: string
  partition: number
  savedAt: Date
  pages: string[]
  /** As JSON: MongoDB looks for pages and times alone. */
  views: string
}

export type PlacedView = readonly [page: number, view: LoggedView]

/** Its views are found by page, for whose owner they are counted again or erased, and by time. */
export async function prepareLog(db: mongo.Db): Promise<void> {
  const log = db.collection(VIEW_LOG)
  await log.createIndex({ pages: 1 })
  await log.createIndex({ savedAt: 1 }, { expireAfterSeconds: RETENTION_SECONDS })
}

export function stretchOf([partition, views]: readonly [number, readonly View[]]): Stretch {
  const pages = new Map<string, number>()
  const placed = views.map(({ page, logged }): PlacedView => {
    const place = pages.get(page) ?? pages.size
    pages.set(page, place)
    return [place, logged]
  })
  const _id = `${partition}:${views[0]!.offset}`
  return { _id, partition, savedAt: new Date(), pages: [...pages.keys()], views: JSON.stringify(placed) }
}

export const viewsIn = ({ pages, views }: Stretch): { page: string; logged: LoggedView }[] =>
  (JSON.parse(views) as PlacedView[]).map(([page, logged]) => ({ page: pages[page]!, logged }))

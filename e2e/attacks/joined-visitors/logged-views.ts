import type { Connection } from '@mpics/mongo'
import type { SeenView } from './evidence.js'

interface Logged {
  at: Date
  page: string
  place?: number
  visitor?: string
  [look: string]: unknown
}

/** The views as analytics keeps them for thirty days. Their visitors have other names, which lead to no id. */
export async function loggedViews(connection: Connection, database: string): Promise<SeenView[]> {
  const stretches = connection.getClient().db(database).collection<{ views: Logged[] }>('view_log').find()
  const found: SeenView[] = []
  for await (const { views } of stretches)
    for (const { at, page, visitor, place: _place, referrer: _referrer, ...looks } of views)
      found.push({ page, browserId: visitor ?? null, looks: JSON.stringify(looks), at: at.getTime() })
  return found
}

/** Only who knows the truth can say which name belongs to which browser: by the views of a page in a second that nobody else had. */
export function namedAsBrowsers(logged: readonly SeenView[], told: readonly SeenView[]): SeenView[] {
  const keyOf = ({ page, at }: SeenView) => `${page} ${Math.floor(at / 1_000)}`
  const single = (views: readonly SeenView[]) =>
    new Map([...Map.groupBy(views, keyOf)].filter(([, all]) => all.length === 1).map(([key, [view]]) => [key, view!]))
  const browsers = single(told)
  const names = new Map<string, string>()
  for (const [key, { browserId }] of single(logged)) {
    const browser = browsers.get(key)?.browserId
    if (browserId && browser) names.set(browserId, browser)
  }
  return logged.map((view) => ({ ...view, browserId: names.get(view.browserId ?? '') ?? view.browserId }))
}

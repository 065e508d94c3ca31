import type { AnalyticsConfig } from '../config.js'
import { VisitorHash } from './visitor-hash.js'

const hashWith = (ANALYTICS_VISITOR_KEY: string) => new VisitorHash({ ANALYTICS_VISITOR_KEY } as AnalyticsConfig)

it('a browser has one place under a key and another under the next, so that no two keys can count together', () => {
  const [former, next] = [hashWith('f'.repeat(32)), hashWith('n'.repeat(32))]
  expect(former.placeOf('a browser')).toEqual(former.placeOf('a browser'))
  expect(former.placeOf('a browser')).not.toEqual(next.placeOf('a browser'))
})

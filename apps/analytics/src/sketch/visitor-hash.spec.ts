import type { AnalyticsConfig } from '../config.js'
import { VisitorHash } from './visitor-hash.js'

const hashWith = (ANALYTICS_VISITOR_KEY: string) => new VisitorHash({ ANALYTICS_VISITOR_KEY } as AnalyticsConfig)

it('a browser has one hash under a key and another under the next, so that no two keys can count together', () => {
  const [former, next] = [hashWith('f'.repeat(32)), hashWith('n'.repeat(32))]
  expect(former.of('a browser')).toEqual(former.of('a browser'))
  expect(former.of('a browser')).not.toEqual(next.of('a browser'))
})

import type { TopicDefinition } from '@mpics/contracts'
import { eventsOf } from '@mpics/contracts/catalogue'

interface Freshness {
  value: number
  unit: string
  description: string
}

const VISITORS =
  'A visitor is a browser with the cookie of the site, counted once however often it looks. “Unique” is an estimate of visitors by HyperLogLog (standard error 1.6 %); it never counts a browser without the cookie, and a browser whose cookie has ended counts as another one.'

const FRESHNESS: [topic: RegExp, freshness: Freshness][] = [
  [/^traffic\./, { value: 1, unit: 's', description: 'from the answer to the visitor to the record' }],
  [/-hourly$/, { value: 3, unit: 'h', description: 'from the end of the hour to its closing' }],
  [/^identity\.ledger$/, { value: 1, unit: 'd', description: 'from the end of the day to its root' }],
  [/-daily$/, { value: 1, unit: 'd', description: 'from the end of the day to its record' }],
  [/./, { value: 2, unit: 's', description: 'from what is counted to the record' }],
]

/** How soon a topic tells of something. */
export const freshnessOf = ({ name }: TopicDefinition): Freshness => FRESHNESS.find(([topic]) => topic.test(name))![1]

/** What its records mean, and how visitors are counted where it speaks of them. */
export function meaningOf(topic: TopicDefinition): string {
  const events = eventsOf(topic)
  const speaksOfVisitors = events.some(({ schema }) =>
    Object.keys(schema.shape).some((name) => ['unique', 'visitors', 'browserId'].includes(name)),
  )
  return [...events.map(({ summary }) => summary), ...(speaksOfVisitors ? [VISITORS] : [])].join(' ')
}

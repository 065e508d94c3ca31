import type { About, Holding } from '@mpics/contracts'
import { eventingLabels } from '@mpics/eventing'

const technical = (description: string): About => ({ classification: 'technical', purpose: 'diagnosis', description })

/** Every label that a metric may have: a metric with another one does not compile. Each has few values, which are of our making. */
const ownLabels = {
  method: technical('of a request'),
  route: technical('of a request: a template, never a path'),
  status: technical('of an answer'),
  category: technical('of a mail'),
  part: technical('of an answer, which it had to do without'),
  entry: technical('of the register of personal data'),
  counts: technical('that a sample was taken of'),
  outcome: technical('of a mail, an upload, a transaction, or a wait for a hash'),
}

const labelsOfPromClient = {
  le: technical('upper bound of a bucket'),
  space: technical('of the heap'),
  kind: technical('of a garbage collection'),
  version: technical('of Node.js'),
  major: technical('of Node.js'),
  minor: technical('of Node.js'),
  patch: technical('of Node.js'),
}

export type MetricLabel = keyof typeof ownLabels

export const metricHolding: Holding = {
  place: 'metric labels',
  subject: 'nobody',
  retention: 'as long as the operator keeps the metrics',
  erasure: 'none: they name nobody',
  export: 'none: they name nobody',
  fields: { ...eventingLabels, ...ownLabels, ...labelsOfPromClient },
}

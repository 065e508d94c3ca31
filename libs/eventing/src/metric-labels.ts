import type { About } from '@mpics/contracts'

const technical = (description: string): About => ({ classification: 'technical', purpose: 'diagnosis', description })

/** Every label of the metrics here: a metric with another one does not compile. */
export const eventingLabels = {
  type: technical('of an event, or of what keeps the process alive'),
  reaction: technical('which reaction to an event'),
  topic: technical('of the catalogue'),
  partition: technical('of a topic'),
  reason: technical('why a record was passed over'),
  outcome: technical('of a transaction'),
}

export type EventingLabel = keyof typeof eventingLabels

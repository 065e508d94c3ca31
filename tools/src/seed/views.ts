import { gateway } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import { EventWriter, type KafkaAccess } from '@mpics/eventing'
import type { PlannedView } from './plan.js'

const CONCURRENCY = 50

/** Facts as the gateway states them, of views in the past: analytics counts each on the day on which it occurred. */
export async function stateViews(
  { site, ...access }: KafkaAccess & { site?: string },
  views: readonly PlannedView[],
  photoIds: readonly string[],
) {
  const writer = await EventWriter.connect(access)
  const now = Date.now()
  try {
    for (let i = 0; i < views.length; i += CONCURRENCY)
      await Promise.all(
        views.slice(i, i + CONCURRENCY).map((view) => {
          const event = viewEvent(view, photoIds[view.photo]!, now)
          return writer.event(event, { source: 'gateway', time: event.data.occurredAt, site })
        }),
      )
  } finally {
    await writer.close()
  }
}

function viewEvent({ daysAgo, visitor, photo: _, ...said }: PlannedView, photoId: string, now: number) {
  const occurredAt = `${new Date(now - daysAgo * DAY_MS).toISOString().slice(0, 19)}Z`
  const browserId = `seed${String(visitor).padStart(20, '0')}`
  return gateway.pageViewRecorded.of({
    ...gateway.pageViewRecorded.example,
    page: `/photos/${photoId}`,
    subjectId: photoId,
    browserId,
    occurredAt,
    ...said,
  })
}

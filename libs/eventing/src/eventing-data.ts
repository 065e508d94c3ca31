import { type StoredFields, Connection, days, type Keeping, keptForEver, keptUntil, PersonalData } from '@mpics/mongo'
import { Injectable, Optional } from '@nestjs/common'
import { erasedFields, inboxFields, leaseFields, rebuildFields, sharedFields } from './eventing-fields.js'
import { RefusedEvents } from './outbox/refused-events.js'
import { SnapshotData } from './projections/snapshot-data.js'
import { LAST_TRACE_DAYS } from './topics/topic-plan.js'

const impersonal = (collection: string, why: string, keeping: Keeping, fields: StoredFields) => ({
  store: { collection },
  impersonal: why,
  fields,
  ...keeping,
})

const INBOX = keptUntil('the event can come back no more: as long as its topic, and its dead letters, are kept')

const ERASED = days(LAST_TRACE_DAYS + 2)
  .after('it was erased')
  .endsAt('expiresAt')

/** Enters eventing's own collections in the register of personal data. */
@Injectable()
export class EventingData {
  constructor(@Optional() connection?: Connection, @Optional() personalData?: PersonalData) {
    if (!connection || !personalData) return
    personalData.share(sharedFields)
    personalData.register(new RefusedEvents(connection))
    personalData.register(new SnapshotData(connection))
    personalData.register(impersonal('_inbox', 'names reactions and ids of events', INBOX, inboxFields))
    personalData.register(impersonal('_erased', 'hashes of random ids that nothing else holds', ERASED, erasedFields))
    personalData.register(impersonal('_leases', 'names replicas', keptForEver, leaseFields))
    const rebuilds = 'names projections, and the operator who ordered a rebuild'
    personalData.register(impersonal('_rebuilds', rebuilds, keptForEver, rebuildFields))
  }
}

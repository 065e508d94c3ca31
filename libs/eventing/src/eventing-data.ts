import { type StoredFields, Connection, type Keeping, keptForEver, keptUntil, PersonalData } from '@mpics/mongo'
import { Injectable, Optional } from '@nestjs/common'
import { inboxFields, leaseFields, rebuildFields, sharedFields } from './eventing-fields.js'
import { RefusedEvents } from './outbox/refused-events.js'
import { SnapshotData } from './projections/snapshot-data.js'

const impersonal = (collection: string, why: string, keeping: Keeping, fields: StoredFields) => ({
  store: { collection },
  impersonal: why,
  fields,
  ...keeping,
})

const INBOX = keptUntil('the event can come back no more: as long as its topic, and its dead letters, are kept')

/** Enters eventing's own collections in the register of personal data. */
@Injectable()
export class EventingData {
  constructor(@Optional() connection?: Connection, @Optional() personalData?: PersonalData) {
    if (!connection || !personalData) return
    personalData.share(sharedFields)
    personalData.register(new RefusedEvents(connection))
    personalData.register(new SnapshotData(connection))
    personalData.register(impersonal('_inbox', 'names reactions and ids of events', INBOX, inboxFields))
    personalData.register(impersonal('_leases', 'names replicas', keptForEver, leaseFields))
    const rebuilds = 'names projections, and the operator who ordered a rebuild'
    personalData.register(impersonal('_rebuilds', rebuilds, keptForEver, rebuildFields))
  }
}

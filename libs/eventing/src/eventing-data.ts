import { Connection, PersonalData } from '@mpics/mongo'
import { Injectable, Optional } from '@nestjs/common'
import { RefusedEvents } from './outbox/refused-events.js'
import { SnapshotData } from './projections/snapshot-data.js'

const impersonal = (collection: string, why: string) => ({ store: { collection }, impersonal: why })

/** Enters eventing's own collections in the register of personal data. */
@Injectable()
export class EventingData {
  constructor(@Optional() connection?: Connection, @Optional() personalData?: PersonalData) {
    if (!connection || !personalData) return
    personalData.register(new RefusedEvents(connection))
    personalData.register(new SnapshotData(connection))
    personalData.register(impersonal('_inbox', 'names reactions and ids of events'))
    personalData.register(impersonal('_leases', 'names replicas'))
    personalData.register(impersonal('_rebuilds', 'names projections, and the operator who ordered a rebuild'))
  }
}

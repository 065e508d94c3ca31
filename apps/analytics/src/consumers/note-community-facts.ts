import { type Envelope, type EventDefinition, identity, media, profiles } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import type { Metric } from '../community/community-fact.js'
import { NoteFacts } from '../community/note-facts.js'
import { dayOf } from '../page-days/day.js'

/** Nothing that it keeps leads to what was erased. */
const counted = { idempotence: 'natural', ofErased: true } as const

/** Natural: a fact is kept under the id of its event. */
@EventConsumer()
export class NoteCommunityFacts {
  constructor(private readonly noteFacts: NoteFacts) {}

  @On(identity.accountRegistered, counted)
  registered(envelope: Envelope<typeof identity.accountRegistered>): Promise<void> {
    return this.note('registrations', envelope)
  }

  @On(identity.emailVerified, counted)
  verified(envelope: Envelope<typeof identity.emailVerified>): Promise<void> {
    return this.note('verifications', envelope)
  }

  @On(identity.accountErased, counted)
  erased(envelope: Envelope<typeof identity.accountErased>): Promise<void> {
    return this.note('erasures', envelope)
  }

  @On(identity.consentChanged, counted)
  consented(envelope: Envelope<typeof identity.consentChanged>): Promise<void> {
    return this.note(envelope.data.granted ? 'consents-granted' : 'consents-withdrawn', envelope)
  }

  @On(profiles.followStarted, counted)
  followed(envelope: Envelope<typeof profiles.followStarted>): Promise<void> {
    return this.note('follows', envelope)
  }

  @On(profiles.followEnded, counted)
  unfollowed(envelope: Envelope<typeof profiles.followEnded>): Promise<void> {
    return this.note('unfollows', envelope)
  }

  @On(media.photoUploaded, counted)
  uploaded(envelope: Envelope<typeof media.photoUploaded>): Promise<void> {
    return this.note('uploads', envelope)
  }

  @On(media.photoRemoved, counted)
  removed(envelope: Envelope<typeof media.photoRemoved>): Promise<void> {
    return this.note('removals', envelope)
  }

  private note(metric: Metric, { id, time }: Pick<Envelope<EventDefinition>, 'id' | 'time'>): Promise<void> {
    return this.noteFacts.execute({ id, metric, day: dayOf(new Date(time)) })
  }
}

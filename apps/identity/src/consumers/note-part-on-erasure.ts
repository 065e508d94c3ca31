import { analytics, type Envelope, identity, media, notifications, profiles } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import type { ErasingService } from '../erasures/erasure.js'
import { NotePart } from '../erasures/note-part.js'

type Answer = Envelope<typeof identity.erasureCompleted>

/** Natural: the answer of a service counts once. */
@EventConsumer()
export class NotePartOnErasure {
  constructor(private readonly notePart: NotePart) {}

  @On(identity.erasureCompleted, { idempotence: 'natural' })
  ofIdentity(answer: Answer): Promise<void> {
    return this.note('identity', answer)
  }

  @On(profiles.erasureCompleted, { idempotence: 'natural' })
  ofProfiles(answer: Answer): Promise<void> {
    return this.note('profiles', answer)
  }

  @On(media.erasureCompleted, { idempotence: 'natural' })
  ofMedia(answer: Answer): Promise<void> {
    return this.note('media', answer)
  }

  @On(notifications.erasureCompleted, { idempotence: 'natural' })
  ofNotifications(answer: Answer): Promise<void> {
    return this.note('notifications', answer)
  }

  @On(analytics.erasureCompleted, { idempotence: 'natural' })
  ofAnalytics(answer: Answer): Promise<void> {
    return this.note('analytics', answer)
  }

  private note(service: ErasingService, { data: { erasureId, documents, objects } }: Answer): Promise<void> {
    return this.notePart.execute(erasureId, { service, documents, objects })
  }
}

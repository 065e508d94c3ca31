import { analytics, type Envelope, identity, media, notifications, profiles } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import type { RightsService } from '@mpics/rights'
import { TakePart } from '../exports/take-part.js'

type Ready = Envelope<typeof identity.exportPartReady>['data']

/** A second part of a service changes nothing. */
@EventConsumer()
export class TakePartOnExportPart {
  constructor(private readonly taking: TakePart) {}

  @On(identity.exportPartReady, { idempotence: 'natural' })
  identity({ data }: Envelope<typeof identity.exportPartReady>): Promise<void> {
    return this.take('identity', data)
  }

  @On(profiles.exportPartReady, { idempotence: 'natural' })
  profiles({ data }: Envelope<typeof profiles.exportPartReady>): Promise<void> {
    return this.take('profiles', data)
  }

  @On(media.exportPartReady, { idempotence: 'natural' })
  media({ data }: Envelope<typeof media.exportPartReady>): Promise<void> {
    return this.take('media', data)
  }

  @On(notifications.exportPartReady, { idempotence: 'natural' })
  notifications({ data }: Envelope<typeof notifications.exportPartReady>): Promise<void> {
    return this.take('notifications', data)
  }

  @On(analytics.exportPartReady, { idempotence: 'natural' })
  analytics({ data }: Envelope<typeof analytics.exportPartReady>): Promise<void> {
    return this.take('analytics', data)
  }

  private take(service: RightsService, { exportId, ...part }: Ready): Promise<void> {
    return this.taking.execute(service, exportId, part)
  }
}

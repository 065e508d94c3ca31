import { analytics, type Envelope, identity, media, notifications, profiles } from '@mpics/contracts'
import { EventConsumer, type EventContext, On } from '@mpics/eventing'
import { Clock } from '@mpics/service-kit'
import { RightsOptions, type RightsService } from '../rights-options.js'
import { EraseHeldData } from './erase-held-data.js'
import { addErased, finishPart } from './erasure-part.js'
import { ErasurePartRepository } from './erasure-part.repository.js'

const completedBy: Record<RightsService, typeof identity.erasureCompleted> = {
  identity: identity.erasureCompleted,
  profiles: profiles.erasureCompleted,
  media: media.erasureCompleted,
  notifications: notifications.erasureCompleted,
  analytics: analytics.erasureCompleted,
}

/** Natural: erasing again finds nothing, and the part of this service is finished once. */
@EventConsumer()
export class EraseHeldDataOnErasure {
  constructor(
    private readonly parts: ErasurePartRepository,
    private readonly eraseHeldData: EraseHeldData,
    private readonly options: RightsOptions,
    private readonly clock: Clock,
  ) {}

  @On(identity.accountErased, { idempotence: 'natural', ofErased: true })
  async handle({ data }: Envelope<typeof identity.accountErased>, { signal }: EventContext): Promise<void> {
    const { accountId, erasureId } = data
    await this.parts.begin(erasureId, this.clock.now())
    await this.eraseHeldData.execute([accountId], {
      signal,
      note: async (erased) => void (await this.parts.change(erasureId, (part) => addErased(part, erased))),
    })
    const completed = completedBy[this.options.service]
    await this.parts.change(erasureId, (part) => finishPart(part, (done) => completed.of(done), this.clock.now()))
  }
}

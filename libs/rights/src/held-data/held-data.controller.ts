import { analytics, type ApiAnswer, type ApiInput, identity, media, notifications, profiles } from '@mpics/contracts'
import { Endpoint, Input } from '@mpics/service-kit'
import { Controller, type Type } from '@nestjs/common'
import type { RightsService } from '../rights-options.js'
import { CountHeldData } from './count-held-data.js'

type HeldDataCall = typeof identity.heldData

const calls: Readonly<Record<RightsService, HeldDataCall>> = {
  identity: identity.heldData,
  profiles: profiles.heldData,
  media: media.heldData,
  notifications: notifications.heldData,
  analytics: analytics.heldData,
}

/** The same call in each service, under its own definition. */
export function heldDataController(service: RightsService): Type<object> {
  @Controller()
  class HeldDataController {
    constructor(private readonly counting: CountHeldData) {}

    @Endpoint(calls[service])
    count(@Input() { body }: ApiInput<HeldDataCall>): Promise<ApiAnswer<HeldDataCall>> {
      return this.counting.execute(body.accountId)
    }
  }
  return HeldDataController
}

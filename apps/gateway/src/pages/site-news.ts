import type { Language } from '@mpics/contracts'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { PoliciesInForce } from '../policies/policies-in-force.js'
import { announcementsOf } from './announcements.js'
import type { Html } from './html.js'

/** What stands above every page; it asks nobody. */
@Injectable()
export class SiteNews {
  constructor(
    private readonly policies: PoliciesInForce,
    private readonly clock: Clock,
  ) {}

  in(language: Language): Html | null {
    return announcementsOf(this.policies.announced(), this.clock.now(), language)
  }
}

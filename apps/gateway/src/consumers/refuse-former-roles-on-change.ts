import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { ACCESS_TOKEN_SECONDS } from '../auth/access-token.js'
import { RolesVersions } from '../auth/roles-versions.js'
import { EXACT_READ_BACK_MS } from './for-caches.js'

@EventConsumer()
export class RefuseFormerRolesOnChange {
  constructor(private readonly versions: RolesVersions) {}

  @On(identity.rolesChanged, { idempotence: 'natural', delivery: 'every-replica', readBackMs: EXACT_READ_BACK_MS })
  async handle({ data, time }: Envelope<typeof identity.rolesChanged>): Promise<void> {
    this.versions.note(data.accountId, data.rolesVersion, Date.parse(time) + ACCESS_TOKEN_SECONDS * 1000)
  }
}

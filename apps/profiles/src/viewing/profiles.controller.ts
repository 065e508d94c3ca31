import { type ApiAnswer, type ApiInput, profiles } from '@mpics/contracts'
import { Caller, type CallerIdentity, Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { ReadProfile } from './read-profile.js'

@Controller()
export class ProfilesController {
  constructor(private readonly read: ReadProfile) {}

  @Endpoint(profiles.getProfile)
  get(
    @Input() { params }: ApiInput<typeof profiles.getProfile>,
    @Caller() caller: CallerIdentity,
  ): Promise<ApiAnswer<typeof profiles.getProfile>> {
    return this.read.byHandle(params.handle, caller.member?.accountId ?? null)
  }
}

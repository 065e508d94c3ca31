import { identity } from '@mpics/contracts'
import { type Confirmation, pages, type Projection, Projections, type Rebuildable, type Run } from '@mpics/eventing'
import { Peers } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { CreateProfile } from './create-profile.js'
import { ProfileRepository } from './profile.repository.js'

/**
 * A profile for each account. A rebuild makes the missing ones, as a registration would, and derives anew what a search finds
 * the others by; it changes and removes nothing that people have written.
 */
@Injectable()
export class RegisteredProfilesProjection implements Projection<string>, Rebuildable<string> {
  readonly name = 'profiles'
  readonly events = [identity.accountRegistered]
  readonly source = 'identity'
  readonly store = this

  constructor(
    projections: Projections,
    private readonly profiles: ProfileRepository,
    private readonly createProfile: CreateProfile,
    private readonly peers: Peers,
  ) {
    projections.register(this)
  }

  async *snapshot({ signal }: Run): AsyncGenerator<string[]> {
    for await (const accounts of pages(
      (cursor) => this.peers.call(identity.registrationSnapshot, { query: { cursor } }),
      signal,
    ))
      yield accounts.map(({ accountId }) => accountId)
  }

  async confirm(accountIds: readonly string[]): Promise<Confirmation> {
    let added = 0
    for (const id of await this.profiles.missingAmong(accountIds)) if (await this.createProfile.execute(id)) added++
    return { added, mended: await this.profiles.deriveTerms(accountIds), distrusted: 0 }
  }
}

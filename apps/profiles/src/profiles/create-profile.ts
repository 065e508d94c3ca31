import { type ApiAnswer, identity } from '@mpics/contracts'
import { Clock, PeerError, Peers } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { createProfile, type Profile } from './profile.js'
import { ProfileRepository } from './profile.repository.js'
import { ProfileStandingRepository } from './profile-standing.repository.js'

/**
 * Takes a registration from identity, saves it, and only then lets identity forget it. Safe to repeat and to interrupt
 * anywhere: it acknowledges a saved one again, and takes another one again.
 */
@Injectable()
export class CreateProfile {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly standings: ProfileStandingRepository,
    private readonly peers: Peers,
    private readonly clock: Clock,
  ) {}

  /** Null when there is no such account, or no longer. */
  async execute(accountId: string): Promise<Profile | null> {
    const profile = (await this.profiles.find(accountId)) ?? (await this.create(accountId))
    if (!profile) return null
    await this.markIfHidden(accountId)
    await this.peers.call(identity.acknowledgeRegistration, { params: { accountId } })
    return profile
  }

  private async create(accountId: string): Promise<Profile | null> {
    const registration = await this.take(accountId)
    if (!registration) return null
    const creation = createProfile(registration, this.clock.now())
    return (await this.profiles.insert(creation)) ? creation.state : this.profiles.find(accountId)
  }

  /** The account may have been closed before it had a profile. */
  private async markIfHidden(accountId: string): Promise<void> {
    const standing = (await this.standings.among([accountId])).get(accountId)
    if (standing) await this.profiles.mark(accountId, standing)
  }

  private async take(accountId: string): Promise<ApiAnswer<typeof identity.takeRegistration> | null> {
    try {
      return await this.peers.call(identity.takeRegistration, { params: { accountId } })
    } catch (error) {
      if (error instanceof PeerError && error.code === 'identity.account-not-found') return null
      throw error
    }
  }
}

import { Projections } from '@mpics/eventing'
import { StandingProjection } from '@mpics/rights'
import { Peers } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { ProfileStandingRepository } from '../profiles/profile-standing.repository.js'
import { HideAccount } from './hide-account.js'

/** Whose profiles and follows others may see. */
@Injectable()
export class ProfileStandings extends StandingProjection {
  constructor(projections: Projections, standings: ProfileStandingRepository, hide: HideAccount, peers: Peers) {
    super(projections, standings, hide, peers)
  }
}

import { Projections } from '@mpics/eventing'
import { StandingProjection } from '@mpics/rights'
import { Peers } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { OwnerRepository } from '../audience/owner.repository.js'
import { HidePhotos } from './hide-photos.js'

/** Whose photos others may see. */
@Injectable()
export class OwnerStandings extends StandingProjection {
  constructor(projections: Projections, owners: OwnerRepository, hide: HidePhotos, peers: Peers) {
    super(projections, owners, hide, peers)
  }
}

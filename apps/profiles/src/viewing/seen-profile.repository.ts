import { aggregateFew, Connection, readOne, WITHOUT_OUTBOX } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import { followId } from '../follows/follow.js'
import type { Tally } from '../follows/tally.repository.js'
import type { Profile } from '../profiles/profile.js'
import type { ShownProfile } from '../profiles/shown-profile.js'
import { SHOWN } from '../profiles/profile.repository.js'
import { completeProfile, keyOf, type StoredProfile } from '../profiles/stored-profile.js'

export interface SeenProfile {
  profile: Profile
  tally: Tally | undefined
  relationship: ShownProfile['relationship']
}

interface Found extends Omit<StoredProfile, 'id'> {
  _id: string
  tally?: Tally
  pairs?: { _id: string; active: boolean }[]
}

const PROFILES = 'profiles'
const UNSEEN = { ...WITHOUT_OUTBOX, handleKey: 0, terms: 0, place: 0, standing: 0 } as const

/** Reads a profile, and the two follows between it and its viewer, in one command. */
@Injectable()
export class SeenProfileRepository {
  constructor(private readonly connection: Connection) {}

  async find(handle: string, viewerId: string | null): Promise<SeenProfile | null> {
    const filter = { handleKey: keyOf(handle), ...SHOWN }
    const found = viewerId === null ? await this.one(filter) : await this.withPairs(filter, viewerId)
    return found && seen(found, viewerId)
  }

  private one(filter: object): Promise<Found | null> {
    return readOne<Found>(this.connection.db!, { collection: PROFILES, filter: { ...filter }, projection: UNSEEN })
  }

  private async withPairs(filter: object, viewerId: string): Promise<Found | null> {
    const stages = [{ $match: filter }, ...pairsWith(viewerId)]
    const [found] = await aggregateFew<Found>(this.connection.db!, PROFILES, stages)
    return found ?? null
  }
}

/** Whole documents: a stage that leaves fields out takes more time than the fields. */
function pairsWith(viewerId: string) {
  const viewer = { $literal: viewerId }
  const pairs = [{ $concat: [viewer, ':', '$_id'] }, { $concat: ['$_id', ':', viewer] }]
  return [{ $set: { pairs } }, { $lookup: { from: 'follows', localField: 'pairs', foreignField: '_id', as: 'pairs' } }]
}

function seen({ _id: id, tally, pairs = [], ...stored }: Found, viewerId: string | null): SeenProfile {
  const holds = (pair: string) => pairs.some(({ _id, active }) => _id === pair && active)
  const relationship =
    viewerId === null || viewerId === id
      ? null
      : { following: holds(followId(viewerId, id)), followedBy: holds(followId(id, viewerId)) }
  return { profile: completeProfile({ id, ...stored }), tally, relationship }
}

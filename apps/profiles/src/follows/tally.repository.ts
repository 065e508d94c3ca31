import { randomInt } from 'node:crypto'
import { Connection } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import type mongoose from 'mongoose'

export interface Counts {
  readonly followers: number
  readonly following: number
}

/** Stands beside the versioned state of a profile. Absent counts are to be counted; each time they are forgotten there is another epoch. */
export interface Tally extends Partial<Counts> {
  readonly epoch?: number
}

interface Tallied {
  _id: string
  tally?: Tally
}

/** A number that counts up could come twice, since a failover takes back what no majority has. */
const forgetting = () => ({
  $set: { 'tally.epoch': randomInt(2 ** 48 - 1) },
  $unset: { 'tally.followers': '', 'tally.following': '' } as const,
})

/** What each profile knows of its number of follows. Whoever counted keeps the counts only if no follow changed meanwhile. */
@Injectable()
export class TallyRepository {
  private readonly profiles: mongoose.mongo.Collection<Tallied>

  constructor(connection: Connection) {
    this.profiles = connection.db!.collection<Tallied>('profiles')
  }

  /** After each change of a follow; safe to repeat. */
  async forget(ids: readonly string[], session?: mongoose.mongo.ClientSession): Promise<void> {
    await this.profiles.updateMany({ _id: { $in: [...ids] } }, forgetting(), { session })
  }

  /** An epoch that a majority has stands for changes that a majority has: these are counted. */
  async durableEpoch(id: string): Promise<number | undefined> {
    const options = { projection: { tally: 1 }, readConcern: { level: 'majority' } } as const
    return (await this.profiles.findOne({ _id: id }, options))?.tally?.epoch
  }

  /** `epoch`: that of the profile, read before the follows were counted. */
  async keep(id: string, epoch: number | undefined, { followers, following }: Counts): Promise<void> {
    const counted = { 'tally.followers': followers, 'tally.following': following }
    // not durable on purpose: what a failover loses is counted again
    await this.profiles.updateOne(unchanged(id, epoch), { $set: counted }, { writeConcern: { w: 1 } })
  }

  async forgetUnlessChanged(id: string, epoch: number | undefined): Promise<void> {
    await this.profiles.updateOne(unchanged(id, epoch), forgetting())
  }

  async of(ids: readonly string[]): Promise<ReadonlyMap<string, Tally>> {
    const found = await this.profiles.find({ _id: { $in: [...ids] } }, { projection: { tally: 1 } }).toArray()
    return new Map(found.map(({ _id, tally }) => [_id, tally ?? {}]))
  }

  async ids(after: string, most: number): Promise<string[]> {
    const options = { projection: { _id: 1 }, sort: { _id: 1 }, limit: most } as const
    const found = await this.profiles.find({ _id: { $gt: after } }, options).toArray()
    return found.map(({ _id }) => _id)
  }
}

const unchanged = (_id: string, epoch: number | undefined) => ({
  _id,
  'tally.epoch': epoch === undefined ? { $exists: false } : epoch,
})

import { Injectable } from '@nestjs/common'
import { followId, type FollowPair } from './follow.js'
import { TallyRepository } from './tally.repository.js'

const MAX_KEPT = 1_000
/** The replica that leads the relay hears of a follow some 100 ms after it was saved; the others hear nothing. */
const KEPT_MS = 5_000
/** Of the event of a first follow. */
const FIRST = 1

/** Forgets the counts of both ends of a follow, and remembers for a moment for which first follows it has done so. */
@Injectable()
export class ForgetTallies {
  private readonly done = new Set<string>()
  private clearing?: NodeJS.Timeout

  constructor(private readonly tallies: TallyRepository) {}

  /** Comes after the follow is saved. */
  async execute({ followerId, followedId }: FollowPair, isFirst: boolean): Promise<void> {
    await this.tallies.forget([followerId, followedId])
    if (isFirst) this.remember(followId(followerId, followedId))
  }

  /** Whether this process has done so for a follow whose event it hears of; true once. */
  wasDone({ followerId, followedId }: FollowPair, sequence: number): boolean {
    return sequence === FIRST && this.done.delete(followId(followerId, followedId))
  }

  /** Those that come just before the end are forgotten early: then counts are forgotten twice. */
  private remember(id: string): void {
    this.clearing ??= setTimeout(() => this.clear(), KEPT_MS).unref()
    const [oldest] = this.done
    if (this.done.size >= MAX_KEPT) this.done.delete(oldest!)
    this.done.add(id)
  }

  private clear(): void {
    this.clearing = undefined
    this.done.clear()
  }
}

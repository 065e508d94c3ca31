import { decide, type Decision, profiles, unchanged } from '@mpics/contracts'
import { FollowSelfError } from './follow.errors.js'

/**
 * Whether one person follows another. An ended follow stays, without its date, because its version numbers the pair's events:
 * a consumer that saw `ended` with sequence 2 would ignore a `started` with sequence 1.
 */
export interface Follow {
  readonly id: string
  readonly followerId: string
  readonly followedId: string
  readonly active: boolean
  readonly since: Date | null
}

/** Its two ends. */
export type FollowPair = Pick<Follow, 'followerId' | 'followedId'>

export const followId = (followerId: string, followedId: string): string => `${followerId}:${followedId}`

export function firstFollow(followerId: string, followedId: string, now: Date): Decision<Follow> {
  const id = followId(followerId, followedId)
  return startFollow({ id, followerId, followedId, active: false, since: null }, now)
}

export function startFollow(follow: Follow, now: Date): Decision<Follow> {
  const { followerId, followedId } = follow
  if (followerId === followedId) throw new FollowSelfError()
  if (follow.active) return unchanged(follow)
  return decide({ ...follow, active: true, since: now }, profiles.followStarted.of({ followerId, followedId }))
}

export function endFollow(follow: Follow): Decision<Follow> {
  const { followerId, followedId } = follow
  if (!follow.active) return unchanged(follow)
  return decide({ ...follow, active: false, since: null }, profiles.followEnded.of({ followerId, followedId }))
}

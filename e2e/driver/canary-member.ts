import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { gateway, identity, notifications, profiles } from '@mpics/contracts'
import { closeMongo, connectMongo } from '@mpics/mongo'
import { root } from '@mpics/tools/environment/root'
import { databaseUri } from '@mpics/tools/environment/system/environment'
import { Member } from '@mpics/tools/people/member'
import { parts, type Running } from './system.js'

const PHOTOS = 30
const FOLLOWS = 200
const SMALL_PICTURE = join(root, 'tools/photographs/chelsea.jpg')

const databaseOf = ({ system: { stack, prefix } }: Running, service: string) =>
  connectMongo(databaseUri(stack.mongodbUri, `${prefix}${service}`.replaceAll(/[^A-Za-z0-9_-]/g, '_')))

/** A person each of whose values occurs nowhere else, so that they can be looked for. */
export class CanaryMember {
  readonly mark = `canary${randomBytes(6).toString('hex')}`
  readonly member: Member
  readonly photoIds: string[] = []

  constructor(private readonly running: Running) {
    const { api, mailbox } = parts(running)
    const person = {
      handle: `${this.mark}_h`,
      email: `${this.mark}@people.example`,
      password: `${this.mark} is a password`,
      fullName: `Zoë ${this.mark}`,
    }
    this.member = new Member(person, api, mailbox)
  }

  /** Fills in all that one may enter, and is followed by many. */
  async live(friend: Member): Promise<void> {
    const { member, mark } = this
    await member.join()
    await member.api.call(profiles.changeMyProfile, {
      body: {
        bio: `bio of ${mark}`,
        location: `place of ${mark}`,
        urls: [`https://${mark}.example/`],
        messengers: [{ network: 'matrix', id: `@${mark}:example` }],
      },
    })
    await member.api.call(notifications.putEmailSettings, { body: { follows: 'daily' } })
    await member.api.call(identity.createProgramToken, {
      body: { name: `token ${mark}`, scopes: ['photos:read'], expiresAt: inADay() },
    })
    await member.follow(friend.person.handle)
    await friend.follow(member.person.handle)
    await this.publishPhotos()
    await this.isFollowedByMany()
    for (const page of [`/photos/${this.photoIds[0]}`, `/@${member.person.handle}`])
      await parts(this.running).api.call(gateway.recordPageView, { body: { page } })
  }

  /** As if the seven days and five minutes of the grace were over. */
  async becomeDue(): Promise<void> {
    const connection = await databaseOf(this.running, 'identity')
    const past = new Date(Date.now() - 10 * 60_000)
    const due = { _id: this.member.accountId, closure: { $ne: null } }
    await connection.collection<{ _id: string }>('accounts').updateOne(due, { $set: { 'closure.erasesAt': past } })
    await closeMongo(connection)
  }

  private async publishPhotos(): Promise<void> {
    for (let i = 0; i < PHOTOS; i++) {
      const details = {
        title: `Title ${i} of ${this.mark}`,
        place: `Place ${i} of ${this.mark}`,
        visibility: 'public',
      } as const
      this.photoIds.push(await this.member.upload(SMALL_PICTURE, details))
    }
    for (const id of this.photoIds) await this.member.published(id)
  }

  /** Stored as the services store them: to register hundreds of people would take minutes. */
  private async isFollowedByMany(): Promise<void> {
    const { accountId } = this.member
    const followers = Array.from({ length: FOLLOWS }, () => crypto.randomUUID())
    const pair = (followerId: string) => ({ _id: `${followerId}:${accountId}` })
    const since = new Date()
    await this.store(
      'profiles',
      followers.map((followerId) => ({
        ...pair(followerId),
        followerId,
        followedId: accountId,
        active: true,
        since,
        version: 1,
      })),
    )
    await this.store(
      'media',
      followers.map((followerId) => ({ ...pair(followerId), following: true, sequence: 1 })),
    )
  }

  private async store(service: string, documents: { _id: string }[]): Promise<void> {
    const connection = await databaseOf(this.running, service)
    await connection.collection<{ _id: string }>('follows').insertMany(documents)
    await closeMongo(connection)
  }
}

const inADay = () => new Date(Date.now() + 86_400_000).toISOString()

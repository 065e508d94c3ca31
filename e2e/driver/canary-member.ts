import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { type ApiDefinition, gateway, media, notifications, profiles } from '@mpics/contracts'
import { closeMongo, connectMongo } from '@mpics/mongo'
import { root } from '@mpics/tools/environment/root'
import { databaseUri } from '@mpics/tools/environment/system/environment'
import { Member } from '@mpics/tools/people/member'
import { CanaryAccount } from './canary-account.js'
import { CanaryBody } from './canaries.js'
import { datedPicture } from './dated-picture.js'
import { PassingTime } from './passing-time.js'
import { parts, type Running } from './system.js'

const PHOTOS = 30
const FOLLOWS = 200
const MARK = /canary[0-9a-f]{12}/
const SMALL_PICTURE = join(root, 'tools/photographs/chelsea.jpg')

const databaseOf = ({ system: { stack, prefix } }: Running, service: string) =>
  connectMongo(databaseUri(stack.mongodbUri, `${prefix}${service}`.replaceAll(/[^A-Za-z0-9_-]/g, '_')))

/** A person each of whose values occurs nowhere else, so that they can be looked for. */
export class CanaryMember {
  readonly mark = `canary${randomBytes(6).toString('hex')}`
  readonly member: Member
  readonly photoIds: string[] = []
  readonly account: CanaryAccount
  private readonly words: string[] = []

  constructor(private readonly running: Running) {
    const { api, mailbox } = parts(running)
    const person = {
      handle: `${this.mark}_h`,
      email: `${this.mark}@people.example`,
      password: `${this.mark} is a password`,
      fullName: `Zoë ${this.mark}`,
    }
    this.member = new Member(person, api, mailbox)
    this.account = new CanaryAccount(running, this.member, this.mark)
  }

  /** Fills in all that one may enter, and is followed by many. */
  async live(friend: Member): Promise<void> {
    const { member } = this
    await member.join()
    await this.account.fill()
    await member.api.call(profiles.changeMyProfile, { body: this.wordsFor(profiles.changeMyProfile) })
    await member.api.call(notifications.putEmailSettings, { body: { follows: 'daily' } })
    await member.follow(friend.person.handle)
    await friend.follow(member.person.handle)
    await this.publishPhotos()
    await this.isFollowedByMany()
    for (const page of [`/photos/${this.photoIds[0]}`, `/@${member.person.handle}`])
      await parts(this.running).api.call(gateway.recordPageView, { body: { page } })
  }

  /** The marks of all that was entered. */
  entered(): string[] {
    return [this.mark, ...this.words]
  }

  everything(): string[] {
    return [this.member.accountId, ...this.photoIds, ...this.entered()]
  }

  /** As if the seven days and five minutes of the grace were over. */
  async becomeDue(): Promise<void> {
    await new PassingTime(this.running.system).endGrace(this.member.accountId)
  }

  private async publishPhotos(): Promise<void> {
    const picture = await datedPicture(SMALL_PICTURE, '2001:05:17 10:20:30')
    for (let i = 0; i < PHOTOS; i++) {
      this.photoIds.push(await this.member.upload(picture, this.wordsFor(media.uploadPhoto)))
    }
    for (const id of this.photoIds) await this.member.published(id)
  }

  /** A body in which each text has a mark of its own. */
  private wordsFor(call: ApiDefinition): Record<string, unknown> {
    const { body, texts } = new CanaryBody(call.body!, { visibility: 'public' })
    this.words.push(...texts.flatMap(({ value }) => MARK.exec(value)?.[0] ?? []))
    return body
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

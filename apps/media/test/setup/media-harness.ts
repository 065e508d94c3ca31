import { identity as identityContracts, profiles as profilesContracts } from '@mpics/contracts'
import { Connection } from '@mpics/mongo'
import { Ids, NotFoundError } from '@mpics/service-kit'
import { commandsOf, eventually, on, peer, testService } from '@mpics/testing'
import { MediaConfig } from '../../src/config.js'
import { MediaModule } from '../../src/media.module.js'
import { TestBucket } from './bucket.js'
import { runSources } from './decoders.js'

type Service = Awaited<ReturnType<typeof testService>>
type Fields = Record<string, string | string[]>

/** The media service with a bucket of its own; profiles and identity are played. */
export class MediaHarness {
  private constructor(
    readonly service: Service,
    readonly bucket: TestBucket,
    readonly profiles: Awaited<ReturnType<typeof peer>>,
  ) {}

  static async open(environment: Record<string, string> = {}): Promise<MediaHarness> {
    runSources()
    const profiles = await peer(
      on(profilesContracts.resolveHandle, ({ params }) => ({ id: idOf(params.handle) })),
      on(profilesContracts.followSnapshot, () => ({ items: [], nextCursor: null })),
      on(identityContracts.standingSnapshot, () => ({ items: [], nextCursor: null })),
    )
    const bucket = new TestBucket()
    const service = await testService(MediaModule, MediaConfig, {
      environment: {
        ...bucket.environment,
        MEDIA_LINK_KEY: 'k'.repeat(32),
        PROFILES_URL: profiles.url,
        IDENTITY_URL: profiles.url,
        ...environment,
      },
    })
    return new MediaHarness(service, bucket, profiles)
  }

  async close(): Promise<void> {
    await this.service.stop()
    await this.profiles.stop()
    await this.bucket.drop()
  }

  person = () => new Ids().next()
  handleOf = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url')

  send(member: string | undefined, bytes: Buffer | undefined, fields: Fields = {}, name = 'photo.jpg') {
    const call = this.service.as(member).post('/v1/photos')
    for (const [field, value] of Object.entries(fields)) for (const one of [value].flat()) void call.field(field, one)
    return bytes ? call.attach('file', bytes, name) : call
  }

  async upload(member: string, bytes: Buffer, fields: Fields = {}): Promise<string> {
    const { body } = await this.send(member, bytes, fields).expect(202)
    return (body as { id: string }).id
  }

  async see(id: string, viewer?: string) {
    return (await this.service.as(viewer).get(`/v1/photos/${id}`).expect(200)).body
  }

  /** Uploads, and waits until the worker is done. */
  async publish(member: string, bytes: Buffer, fields: Fields = {}): Promise<string> {
    const id = await this.upload(member, bytes, fields)
    await eventually(async () => (await this.see(id, member)).status === 'published')
    return id
  }

  async follow(followerId: string, followedId: string): Promise<void> {
    await this.service.publish(profilesContracts.followStarted.of({ followerId, followedId }), { sequence: 1 })
    await this.service.untilIdle()
  }

  async unfollow(followerId: string, followedId: string): Promise<void> {
    await this.service.publish(profilesContracts.followEnded.of({ followerId, followedId }), { sequence: 2 })
    await this.service.untilIdle()
  }

  /** What it asks meanwhile about photos and their readers. */
  commandsOf(work: () => PromiseLike<unknown>): Promise<string[]> {
    return commandsOf(this.service, /^(photos|follows)$/, work)
  }

  get documents() {
    return this.collection('photos')
  }

  collection(name: string) {
    const connection = this.service.get<Connection>(Connection)
    return connection.db!.collection<{ _id: string } & Record<string, unknown>>(name)
  }
}

function idOf(handle: string): string {
  const hex = Buffer.from(handle, 'base64url').toString('hex')
  if (hex.length !== 32) throw new NotFoundError()
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

import { DomainError, identity as identityContracts } from '@mpics/contracts'
import { Connection } from '@mpics/mongo'
import { on, peer, type Profiled, profiled, type TestPeer, TestService, testService } from '@mpics/testing'
import { uuidv7 } from 'uuidv7'
import { ProfilesConfig } from '../../src/config.js'
import { ProfilesModule } from '../../src/profiles.module.js'

class AccountNotFoundError extends DomainError {
  readonly code = 'identity.account-not-found'
  readonly kind = 'not-found'
}

export class IdentityAwayError extends DomainError {
  readonly code = 'unavailable'
  readonly kind = 'unavailable'
}

export interface Person {
  readonly id: string
  readonly handle: string
}

interface Registration {
  handle: string
  fullName: string | null
}

/** The service, beside an identity that knows some accounts. */
export class ProfilesHarness {
  readonly registrations = new Map<string, Registration>()

  private constructor(
    readonly service: TestService,
    readonly identity: TestPeer,
  ) {}

  static async open(): Promise<ProfilesHarness> {
    const profiles: { it?: ProfilesHarness } = {}
    const registrations = () => profiles.it!.registrations
    const identity = await peer(
      on(identityContracts.takeRegistration, ({ params: { accountId } }) => {
        const found = registrations().get(accountId)
        if (!found) throw new AccountNotFoundError('gone')
        return { accountId, ...found }
      }),
      on(identityContracts.acknowledgeRegistration, ({ params: { accountId } }) => {
        const found = registrations().get(accountId)
        if (found) found.fullName = null
        return undefined
      }),
      on(identityContracts.registrationSnapshot, () => ({
        items: [...registrations().keys()].map((accountId) => ({ accountId })),
        nextCursor: null,
      })),
      on(identityContracts.standingSnapshot, () => ({ items: [], nextCursor: null })),
    )
    const service = await testService(ProfilesModule, ProfilesConfig, { environment: { IDENTITY_URL: identity.url } })
    return (profiles.it = new ProfilesHarness(service, identity))
  }

  /** An account that identity knows, and nobody else yet. */
  register(handle: string, fullName: string | null = null, id = uuidv7()): Person {
    this.registrations.set(id, { handle, fullName })
    return { id, handle }
  }

  async join(handle: string, fullName: string | null = null): Promise<Person> {
    const person = this.register(handle, fullName)
    await this.as(person).get('/v1/me/profile').expect(200)
    return person
  }

  as(person?: Person) {
    return this.service.as(person?.id)
  }

  async see(person: Person, viewer?: Person) {
    return (await this.as(viewer).get(`/v1/profiles/${person.handle}`).expect(200)).body
  }

  async follow(follower: Person, followed: Person): Promise<void> {
    await this.as(follower).put(`/v1/profiles/${followed.handle}/follow`).expect(204)
  }

  async change(person: Person, changes: object): Promise<void> {
    await this.as(person).patch('/v1/me/profile').send(changes).expect(200)
  }

  async show(person: Person, visibility: object): Promise<void> {
    const { body } = await this.as(person).get('/v1/me/visibility').expect(200)
    await this.as(person)
      .put('/v1/me/visibility')
      .send({ ...body, ...visibility })
      .expect(200)
  }

  get database() {
    return this.service.get<Connection>(Connection).db!
  }

  /** How MongoDB answered what was read meanwhile in the service's own collections. */
  async queriesOf(work: () => PromiseLike<unknown>): Promise<Profiled[]> {
    const seen = await profiled(this.service, /^(profiles|follows)$/, work)
    return seen.filter(({ op }) => /^(query|command|getmore)$/.test(op))
  }

  async close(): Promise<void> {
    await this.service.stop()
    await this.identity.stop()
  }
}

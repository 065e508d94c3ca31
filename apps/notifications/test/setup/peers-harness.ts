import { DomainError, identity, notifications, profiles } from '@mpics/contracts'
import { on, peer, servers, type TestPeer } from '@mpics/testing'
import { uuidv7 } from 'uuidv7'

export interface Person {
  readonly id: string
  readonly handle: string
  email: string
  emailVerified: boolean
  fullName: string | null
  locale: 'en' | 'de'
  timeZone?: string
  /** What waits to become the address. */
  newEmail?: string
  consents: string[]
  consentsGivenAt?: Record<string, string>
}

class LinkExpiredError extends DomainError {
  readonly code = 'identity.link-expired'
  readonly kind = 'gone'
}

/** The people whom identity and profiles know, and those two services as notifications sees them. */
export class PeersHarness {
  readonly people = new Map<string, Person>()
  readonly expired = new Set<string>()
  /** The privacy policy in force, as identity says it. */
  policyVersion = '2015-03-14'

  private constructor(readonly services: TestPeer) {}

  static async open(): Promise<PeersHarness> {
    const later: { it?: PeersHarness } = {}
    const people = () => [...later.it!.people.values()]
    const services = await peer(
      on(identity.mailRecipients, ({ body }) => ({
        items: people()
          .filter((p) => body.accountIds.includes(p.id))
          .map(({ id, fullName: _, ...rest }) => ({ accountId: id, ...rest })),
        policyVersion: later.it!.policyVersion,
      })),
      on(identity.legalNoticeRecipients, ({ query: { after = '', limit } }) => ({
        accountIds: people()
          .filter(({ id, emailVerified }) => emailVerified && id > after)
          .map(({ id }) => id)
          .sort()
          .slice(0, limit),
      })),
      on(identity.policyNotice, ({ query: { locale } }) => ({
        summary: locale === 'de' ? 'Sagt <mehr> {{handle}}.' : 'Says <more> {{handle}}.',
        supersedes: '2015-03-14',
      })),
      on(profiles.profileCards, ({ body }) => ({
        items: people()
          .filter((p) => body.ids.includes(p.id))
          .map(({ id, handle, fullName }) => ({ id, handle, fullName })),
      })),
      on(identity.verificationLinks, ({ body: { accountId } }) => later.it!.pendingBeside(accountId)),
      on(identity.deriveLink, ({ body: { kind, requestId } }) => {
        if (later.it!.expired.has(requestId)) throw new LinkExpiredError('over')
        return { token: `token-of-${kind}-${requestId}`, expiresAt: '2030-01-31T12:00:00.000Z' }
      }),
    )
    return (later.it = new PeersHarness(services))
  }

  join(given: Partial<Person> = {}): Person {
    const id = uuidv7()
    const handle = `p${id.replaceAll('-', '').slice(8, 28)}`
    const email = `${handle}@people.example`
    const person: Person = {
      id,
      handle,
      email,
      emailVerified: true,
      fullName: null,
      locale: 'en',
      consents: [],
      ...given,
    } as const
    this.people.set(id, person)
    return person
  }

  /** As identity lists the accounts of an address that are not verified. */
  private pendingBeside(accountId: string) {
    const { email, emailVerified } = this.people.get(accountId)!
    if (emailVerified) throw new LinkExpiredError('over')
    const sharing = [...this.people.values()].filter((person) => person.email === email)
    const isTaken = sharing.some((person) => person.emailVerified)
    const items = sharing
      .filter((person) => !person.emailVerified)
      .map(({ id, handle }) => ({
        accountId: id,
        handle,
        registeredAt: '2026-01-31T12:00:00.000Z',
        token: isTaken ? null : `token-of-${id}`,
      }))
    return { items, more: 0, expiresAt: '2030-01-31T12:00:00.000Z' }
  }

  environment(smtpUrl = servers().smtpUrl): Record<string, string> {
    return {
      IDENTITY_URL: this.services.url,
      PROFILES_URL: this.services.url,
      PUBLIC_URL: 'https://pictures.example',
      NOTIFICATIONS_SMTP_URL: smtpUrl,
      NOTIFICATIONS_MAIL_FROM: 'Million Pictures <hello@pictures.example>',
      NOTIFICATIONS_LINK_KEY: 'a-key-for-tests-that-is-long-enough',
    }
  }
}

export const follows = (follower: Person, followed: Person) =>
  profiles.followStarted.of({ followerId: follower.id, followedId: followed.id })

export const outcomes = {
  sent: notifications.emailSent,
  suppressed: notifications.emailSuppressed,
  bounced: notifications.emailBounced,
}

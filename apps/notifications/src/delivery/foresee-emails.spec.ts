import { profiles } from '@mpics/contracts'
import type { EventServer } from '@mpics/eventing'
import type { WakeSignal } from '../emails/wake-signal.js'
import type { MailSources } from '../sources/mail-sources.js'
import { ForeseeEmails, MAX_AGE_MS } from './foresee-emails.js'
import type { Preparations } from './preparations.js'

const AT = new Date('2026-03-01T12:00:00.000Z')
const [FOLLOWER, FOLLOWED] = ['01890000-0000-7000-8000-000000000001', '01890000-0000-7000-8000-000000000002']
const started = profiles.followStarted.of({ followerId: FOLLOWER, followedId: FOLLOWED })

describe('what a mail will need is asked for early', () => {
  /** Of whom it asks when it hears of a follow of that age. */
  function askedFor(ageMs: number, hasRoom = true): string[] {
    const asked: string[] = []
    const preparations = { begin: ({ accountId }: { accountId: string }) => asked.push(accountId) }
    const sources = { foreseePeople: (ids: string[]) => asked.push(...ids) }
    const events = {
      beforeEach: (hear: (envelope: object) => void) =>
        hear({ ...started, id: 'event', time: new Date(+AT - ageMs).toISOString() }),
    }
    new ForeseeEmails(
      events as unknown as EventServer,
      { hasRoom } as WakeSignal,
      preparations as unknown as Preparations,
      sources as unknown as MailSources,
      { now: () => AT },
    )
    return asked
  }

  it('of an event of this moment, while there is room', () => {
    expect(askedFor(0)).toEqual([FOLLOWED, FOLLOWER])
    expect(askedFor(MAX_AGE_MS)).toEqual([FOLLOWED, FOLLOWER])
    expect(askedFor(0, false)).toEqual([])
  })

  it('never of one that is heard late or again', () => expect(askedFor(MAX_AGE_MS + 1)).toEqual([]))
})

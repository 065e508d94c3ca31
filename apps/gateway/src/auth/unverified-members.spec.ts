import { type ApiDefinition, media, notifications } from '@mpics/contracts'
import { type CallerIdentity, Invalidation } from '@mpics/service-kit'
import { UnverifiedMembers } from './unverified-members.js'

type Parts = ConstructorParameters<typeof UnverifiedMembers>

const callerOf = (accountId: string) => ({ member: { accountId, unverified: true } }) as unknown as CallerIdentity

describe('whether an address is verified', () => {
  const setUp = () => {
    const asked: string[][] = []
    const unverified = new Set(['ann'])
    const call = async (_: unknown, { body }: { body: { accountIds: string[] } }) => {
      asked.push(body.accountIds)
      return { unverified: body.accountIds.filter((id) => unverified.has(id)) }
    }
    const events = { afterEach: () => undefined } as unknown as ConstructorParameters<typeof Invalidation>[0]
    const members = new UnverifiedMembers({ call } as unknown as Parts[0], {} as Parts[1], new Invalidation(events))
    const admit = (who: string, api: ApiDefinition = media.explorePhotos) => members.admit(callerOf(who), api)
    return { asked, admit, verify: (who: string) => unverified.delete(who) }
  }

  it('is asked of identity for all who call at once', async () => {
    const { asked, admit } = setUp()
    const [ann, ben] = await Promise.all(['ann', 'ben', 'ann'].map((who) => admit(who)))
    expect([ann!.member, ben!.member]).toEqual([undefined, { accountId: 'ben' }])
    expect(asked).toEqual([['ann', 'ben']])
  })

  it('is not asked again for a second of those who are', async () => {
    const { asked, admit } = setUp()
    for (const who of ['ben', 'ben', 'ann', 'ann']) await admit(who)
    expect(asked).toEqual([['ben'], ['ann'], ['ann']])
  })

  it('holds from the moment of the proof on', async () => {
    const { admit, verify } = setUp()
    await expect(admit('ann', notifications.listMails)).rejects.toThrow('Confirm your address')
    verify('ann')
    expect((await admit('ann', notifications.listMails)).member).toEqual({ accountId: 'ann' })
  })
})

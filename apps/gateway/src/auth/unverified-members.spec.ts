import { media, notifications } from '@mpics/contracts'
import { type CallerIdentity, Invalidation } from '@mpics/service-kit'
import { UnverifiedMembers } from './unverified-members.js'

type Parts = ConstructorParameters<typeof UnverifiedMembers>

const callerOf = (accountId: string) => ({ member: { accountId, unverified: true } }) as unknown as CallerIdentity

describe('whether an address is verified', () => {
  it('is asked of identity for all who call at once, and not again for a second', async () => {
    const asked: string[][] = []
    const call = (_: unknown, { body }: { body: { accountIds: string[] } }) => {
      asked.push(body.accountIds)
      return Promise.resolve({ unverified: ['ann'] })
    }
    const events = { afterEach: () => undefined } as unknown as ConstructorParameters<typeof Invalidation>[0]
    const members = new UnverifiedMembers({ call } as unknown as Parts[0], {} as Parts[1], new Invalidation(events))
    const admit = (who: string) => members.admit(callerOf(who), media.explorePhotos)
    const [ann, ben] = await Promise.all(['ann', 'ben', 'ann'].map(admit))
    expect([ann!.member, ben!.member]).toEqual([undefined, { accountId: 'ben' }])
    for (const who of ['ann', 'ben']) await admit(who)
    await expect(members.admit(callerOf('ann'), notifications.listMails)).rejects.toThrow('Confirm your address')
    expect(asked).toEqual([['ann', 'ben']])
  })
})

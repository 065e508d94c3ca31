import { Invalidation, UnavailableError } from '@mpics/service-kit'
import type { VerifiedToken } from './access-token.js'
import { FormerRoles } from './former-roles.js'
import { RolesVersions } from './roles-versions.js'

type Parts = ConstructorParameters<typeof FormerRoles>

const tokenOf = (accountId: string, rolesVersion: number, ...roles: string[]) =>
  ({ member: { accountId, roles: ['member', ...roles] }, rolesVersion }) as unknown as VerifiedToken

function check(silentMs: number, current: Record<string, number> | 'no answer') {
  const asked: string[][] = []
  const health = () => ({ replica: 'ready', replicaBehindMs: silentMs })
  const events = { health, afterEach: () => undefined } as unknown as Parts[0]
  const call = (_: unknown, { body: { accountIds } }: { body: { accountIds: string[] } }) => {
    asked.push(accountIds)
    if (current === 'no answer') return Promise.reject(new UnavailableError())
    const known = accountIds.filter((id) => id in current)
    return Promise.resolve({ items: known.map((accountId) => ({ accountId, rolesVersion: current[accountId] })) })
  }
  const versions = new RolesVersions()
  const former = new FormerRoles(events, versions, { call } as unknown as Parts[2], new Invalidation(events))
  return { asked, versions, former }
}

describe('whether roles are former ones', () => {
  it('is known from Kafka while it is heard', async () => {
    const { former, versions, asked } = check(600, 'no answer')
    versions.note('ann', 2, Date.now() + 600_000)
    expect([1, 2, 3].map((version) => former.isOf(tokenOf('ann', version)))).toEqual([true, false, false])
    expect([former.isOf(tokenOf('ben', 0, 'operator')), asked]).toEqual([false, []])
  })

  it('is not said once no token of former ones could be good', () => {
    const { former, versions } = check(600, 'no answer')
    versions.note('ben', 2, Date.now() + 600_000)
    versions.note('ann', 2, Date.now() - 61_000)
    expect(['ann', 'ben'].map((id) => former.isOf(tokenOf(id, 1)))).toEqual([false, true])
  })

  it('is asked of identity after two seconds of silence, of the staff alone and not again for a moment', async () => {
    const { former, asked } = check(2_100, { ann: 2, ben: 2 })
    const staff = [tokenOf('ann', 1, 'operator'), tokenOf('ben', 2, 'support'), tokenOf('carl', 0, 'analyst')]
    expect(await Promise.all(staff.map(async (token) => former.isOf(token)))).toEqual([true, false, true])
    expect([former.isOf(staff[1]!), former.isOf(tokenOf('ann', 1))]).toEqual([false, false])
    expect(asked).toEqual([['ann', 'ben', 'carl']])
  })

  it('is not guessed: no answer is 503', async () => {
    await expect(check(2_100, 'no answer').former.isOf(tokenOf('ann', 1, 'operator'))).rejects.toThrow(UnavailableError)
  })

  it('takes bounded memory, and says when it cannot tell of all any more', () => {
    const versions = new RolesVersions()
    for (let n = 0; n < 50_000; n++) versions.note(`account ${n}`, 1, Date.now() + 600_000)
    expect([versions.isFormer('account 0', 0), versions.isComplete]).toEqual([true, true])
    versions.note('one more', 1, Date.now() + 600_000)
    expect([versions.isFormer('account 0', 0), versions.isFormer('one more', 0), versions.isComplete]).toEqual([
      false,
      true,
      false,
    ])
  })
})

import { ApiClient } from '@mpics/api-client'
import { Mailbox } from './mailbox.js'
import { Member, newPerson } from './member.js'

describe('a member', () => {
  it('does not take the former access token for a new one', async () => {
    const nowhere = 'http://127.0.0.1:1'
    const member = new Member(newPerson('ann', 'Ann'), new ApiClient(nowhere), new Mailbox(nowhere))
    await expect(member.renew()).rejects.toThrow(/no new access token/)
  })
})

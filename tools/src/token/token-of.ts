import type { ApiClient } from '@mpics/api-client'
import { identity } from '@mpics/contracts'
import { generateSync } from 'otplib'
import type { Mailbox } from '../people/mailbox.js'
import { Member, newPerson } from '../people/member.js'

export interface TokenParts {
  api: ApiClient
  mailbox: Mailbox
  /** Gives the role to the account with this handle, as an operator would. */
  grant: (handle: string, role: string) => Promise<unknown>
}

/** An access token of somebody new who has that role, and a second factor, without which nobody is of the staff. */
export async function tokenOf(role: string, { api, mailbox, grant }: TokenParts): Promise<string> {
  const member = new Member(newPerson(role, 'Ada'), api, mailbox)
  await member.join()
  const { secret } = await member.api.call(identity.beginTotp, {})
  await member.api.call(identity.confirmTotp, { body: { code: generateSync({ secret }) } })
  await grant(member.person.handle, role)
  await member.renew()
  return member.accessToken
}

import { identity } from '@mpics/contracts'
import { Member, newPerson } from '@mpics/tools/people/member'
import { Operator } from './operator.js'
import { parts, type Running } from './system.js'

const NOTICE_MS = 60 * 86_400_000

/** Somebody new who has a role, and a second factor, without which it means nothing. */
export async function newStaff(running: Running, name: string, role: string): Promise<Member> {
  const { api, mailbox } = parts(running)
  const [person, operator] = [new Member(newPerson(name, `The ${name}`), api, mailbox), new Operator(running)]
  await person.join()
  await operator.giveFactor(person.accountId)
  await operator.order('grant-role', { account: person.accountId, role })
  await person.renew()
  return person
}

/** A version of the privacy policy that comes into force in two months, as it is published. */
export function nextPolicy() {
  const effectiveAt = new Date(Date.now() + NOTICE_MS).toISOString()
  const texts = { en: { text: 'We keep it.', summary: 'More.' }, de: { text: 'Wir behalten es.', summary: 'Mehr.' } }
  return { document: 'privacy', version: '2099-01-01', effectiveAt, texts } as const
}

export const publish = ({ api }: Member, body: ReturnType<typeof nextPolicy>) =>
  api.call(identity.publishPolicy, { body })

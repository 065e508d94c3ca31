import 'reflect-metadata'
import { identity } from '@mpics/contracts'
import { aboutAccount } from '../mail-definition/about-account.js'
import { defineMail, type Mail } from '../mail-definition/define-mail.js'
import { mails } from '../mails/mails.generated.js'
import { mailConsumers } from './mail-on-event.js'

const [{ texts }] = mails as [Mail]
const mail = (kind: string, recipient: string | undefined): Mail => ({
  ...defineMail({
    kind,
    category: 'system',
    on: identity.passwordChanged,
    to: () => recipient,
    parameters: ({ data }) => ({ at: data.changedAt }),
    write: aboutAccount,
  }),
  texts,
})

describe('the consumers of mails', () => {
  it('one for an event queues every mail that it causes, and none where the definition names no recipient', async () => {
    const [Consumer, ...others] = mailConsumers([mail('a', 'anna'), mail('b', 'ben'), mail('c', undefined)])
    const queued: object[] = []
    const consumer = new Consumer!({ execute: (email: object) => Promise.resolve(queued.push(email)) }) as {
      handle(event: object): Promise<void>
    }
    await consumer.handle({
      id: '1',
      type: identity.passwordChanged.type,
      data: { accountId: 'anna', changedAt: 'now' },
    })
    expect([Consumer!.name, others]).toEqual(['MailNoticeOnPasswordChange', []])
    const event = { id: '1', type: identity.passwordChanged.type }
    expect(queued).toEqual([
      { event, accountId: 'anna', kind: 'a', parameters: { at: 'now' } },
      { event, accountId: 'ben', kind: 'b', parameters: { at: 'now' } },
    ])
  })

  it('refuse a mail on an event that the table of consumers does not give them', () => {
    const unheard = { ...mail('a', 'anna'), cause: { ...mail('a', 'anna').cause!, event: identity.accountRegistered } }
    expect(() => mailConsumers([unheard])).toThrow(/identity\.account\.registered\.v1: list a reaction mail-…/)
  })
})

import 'reflect-metadata'
import { identity } from '@mpics/contracts'
import type { Type } from '@nestjs/common'
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
  const consumerOf = (Consumer: Type, queued: object[], lastRestore = 0) => {
    const queue = { execute: (email: object) => Promise.resolve(queued.push(email)) }
    const restores = { isBefore: (at: Date) => at.getTime() <= lastRestore }
    return new Consumer(queue, restores) as { handle(event: object, context: object): Promise<void> }
  }

  it('one for an event queues every mail that it causes, and none where the definition names no recipient', async () => {
    const [Consumer, ...others] = mailConsumers([mail('a', 'anna'), mail('b', 'ben'), mail('c', undefined)])
    const queued: object[] = []
    await consumerOf(Consumer!, queued).handle(
      {
        id: '1',
        type: identity.passwordChanged.type,
        time: '2027-01-01T00:00:00Z',
        data: { accountId: 'anna', changedAt: 'now' },
      },
      {},
    )
    expect([Consumer!.name, others]).toEqual(['MailNoticeOnPasswordChange', []])
    const event = { id: '1', type: identity.passwordChanged.type }
    expect(queued).toEqual([
      { event, accountId: 'anna', kind: 'a', parameters: { at: 'now' } },
      { event, accountId: 'ben', kind: 'b', parameters: { at: 'now' } },
    ])
  })

  it('queue none of before a restore, which may have been sent already', async () => {
    const [Consumer] = mailConsumers([mail('a', 'anna')])
    const queued: object[] = []
    const consumer = consumerOf(Consumer!, queued, Date.parse('2027-01-02T00:00:00Z'))
    const event = { id: '1', type: identity.passwordChanged.type, data: { accountId: 'anna', changedAt: 'now' } }
    await consumer.handle({ ...event, time: '2027-01-01T00:00:00Z' }, {})
    expect(queued).toHaveLength(0)
    await consumer.handle({ ...event, time: '2027-01-02T00:00:01Z' }, {})
    expect(queued).toHaveLength(1)
  })

  it('refuse a mail on an event that the table of consumers does not give them', () => {
    const unheard = { ...mail('a', 'anna'), cause: { ...mail('a', 'anna').cause!, event: identity.accountRegistered } }
    expect(() => mailConsumers([unheard])).toThrow(/identity\.account\.registered\.v1: list a reaction mail-…/)
  })
})

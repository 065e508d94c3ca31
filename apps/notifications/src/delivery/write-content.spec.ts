import type { Peers } from '@mpics/service-kit'
import type { NotificationsConfig } from '../config.js'
import type { Email } from '../emails/email.js'
import { type Mail, type ReadMail } from '../mail-definition/define-mail.js'
import { mails } from '../mails/mails.generated.js'
import type { MailLinks } from '../sources/mail-links.js'
import { MailSources } from '../sources/mail-sources.js'
import { PolicyNotices } from '../sources/policy-notices.js'
import { WriteContent } from './write-content.js'

const isRead = (mail: Mail): mail is ReadMail => typeof mail.write === 'function'
const person = { id: 'ben', handle: 'ben', fullName: null }
const email = {
  accountId: 'anna',
  createdAt: new Date(0),
  parameters: { actorId: 'ben', actorIds: ['ben'], detail: 'terms', version: '2' },
} as Email
const reader = { handle: 'anna', locale: 'en' } as const

describe('a mail that is written before it is there', () => {
  it('asks early for all that it asks for, whichever it is', async () => {
    const asked: [string, boolean | undefined][] = []
    const peers = {
      call: async ({ name }: { name: string }, { isEarly }: { isEarly?: boolean }) => {
        asked.push([name, isEarly])
        return { items: [person], summary: '', supersedes: '1' }
      },
    } as unknown as Peers
    const sources = new MailSources(
      peers,
      { PUBLIC_URL: 'https://pictures.example' } as NotificationsConfig,
      new PolicyNotices(peers),
    )
    const content = new WriteContent(sources, {} as MailLinks)
    for (const mail of mails.filter(isRead)) await content.early(mail, email, reader)
    expect(asked).toEqual([
      ['profileCards', true],
      ['profileCards', true],
      ['policyNotice', true],
    ])
  })
})

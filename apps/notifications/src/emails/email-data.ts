import type { AggregateStore } from '@mpics/eventing'
import { days, type HeldData, ownedDocuments } from '@mpics/mongo'
import type { Email } from './email.js'
import { emailFields } from './email-fields.js'
import { FREE } from './free-emails.js'

type Mails = AggregateStore<Email>['model']

/** A recipient sees for so long what was sent to them. */
export const FINISHED_MAIL = days(400)
  .after('it was sent or given up')
  .or('until the account of the recipient is erased')
  .beginsAt('finishedAt')

const SHOWN = ['kind', 'category', 'status', 'cause', 'reason', 'createdAt', 'sentAt', 'policyVersion'] as const

/** The mails to an account are its own; mails to others only lose the mention of it. */
export function emailData(mails: Mails): HeldData {
  const own = ownedDocuments(mails, {
    subject: 'the recipient, whose account is `accountId`; whom the mail tells of, in `parameters`',
    purpose: 'mail',
    ...FINISHED_MAIL,
    fields: emailFields,
    owners: ['accountId'],
    exported: ({ _id, finishedAt = null, ...document }) => {
      const all: Record<string, unknown> = { ...document, sentAt: document['status'] === 'sent' ? finishedAt : null }
      return { id: _id, ...Object.fromEntries(SHOWN.map((field) => [field, all[field]])) }
    },
  })
  return {
    ...own,
    async erase(accountId) {
      const [mine, mentions] = [await own.erase(accountId), await eraseMentions(mails, accountId)]
      return { erased: mine.erased + mentions.erased, waiting: mine.waiting + mentions.waiting }
    },
  }
}

/** Passes over a mail while a replica's lease lasts: to change it would have it sent twice. It is finished in a moment, or free then. */
async function eraseMentions(mails: Mails, accountId: string) {
  const unheld = { $or: [{ status: { $ne: 'queued' } }, ...FREE.$or] }
  let erased = 0
  for (const [field, change] of [
    ['parameters.actorId', { $unset: { 'parameters.actorId': 1 } }],
    ['parameters.actorIds', { $pull: { 'parameters.actorIds': accountId } }],
  ] as const) {
    const free = { [field]: accountId, ...unheld }
    const { modifiedCount } = await mails.updateMany(free as never, { ...change, $inc: { version: 1 } })
    erased += modifiedCount
  }
  const mentioned = { $or: [{ 'parameters.actorId': accountId }, { 'parameters.actorIds': accountId }] }
  return { erased, waiting: await mails.countDocuments(mentioned as never) }
}

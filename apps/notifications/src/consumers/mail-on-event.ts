import type { Envelope, EventDefinition } from '@mpics/contracts'
import { consumers } from '@mpics/contracts/catalogue'
import { EventConsumer, type EventContext, On } from '@mpics/eventing'
import { Restores } from '@mpics/mongo'
import type { Type } from '@nestjs/common'
import { type CausedMail, emailsCausedBy, mailsByCause } from '../emails/caused-emails.js'
import { QueueEmail } from '../emails/queue-email.js'
import type { Mail } from '../mail-definition/define-mail.js'

/** One consumer for each event that causes mails. */
export function mailConsumers(mails: readonly Mail[]): Type[] {
  return [...mailsByCause(mails).values()].map((caused) => mailConsumer(caused[0]!.cause.event, caused))
}

function mailConsumer(event: EventDefinition, mails: readonly CausedMail[]): Type {
  @EventConsumer()
  class MailOnEvent {
    constructor(
      private readonly queueEmail: QueueEmail,
      private readonly restores: Restores,
    ) {}

    async handle(envelope: Envelope, { isWanted }: EventContext): Promise<void> {
      // it may have been sent after the backup, and no record of that is left
      if (this.restores.isBefore(new Date(envelope.time))) return
      for (const email of emailsCausedBy(envelope, mails)) await this.queueEmail.execute(email, isWanted)
    }
  }
  Object.defineProperty(MailOnEvent, 'name', { value: classNameOf(reactionTo(event)) })
  const handler = Object.getOwnPropertyDescriptor(MailOnEvent.prototype, 'handle')!
  On(event, { idempotence: 'natural', look: 'beside' })(MailOnEvent.prototype, 'handle', handler)
  return MailOnEvent
}

/** As the table of consumers names it: the right to read the event comes from there. */
function reactionTo({ type }: EventDefinition): string {
  const ours = consumers.filter(({ service, event }) => service === 'notifications' && event.type === type)
  const listed = ours.find(({ reaction }) => reaction.startsWith('mail-'))
  if (!listed) throw new TypeError(`A mail is sent on ${type}: list a reaction mail-… to it in the table of consumers.`)
  return listed.reaction
}

const classNameOf = (reaction: string) =>
  `-${reaction}`.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

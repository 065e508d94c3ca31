import type { Envelope } from '@mpics/contracts'
import type { Mail, MailCause } from '../mail-definition/define-mail.js'
import type { Email } from './email.js'

export interface CausedEmail extends Pick<Email, 'accountId' | 'kind' | 'parameters'> {
  event: { id: string; type: string }
}

export type CausedMail = Mail & { cause: MailCause }

/** By the type of the event that causes them. */
export function mailsByCause(mails: readonly Mail[]): Map<string, CausedMail[]> {
  const isCaused = (mail: Mail): mail is CausedMail => mail.cause !== undefined
  return Map.groupBy(mails.filter(isCaused), ({ cause }) => cause.event.type)
}

/** What an event makes of its mails: one for each that has a recipient. */
export function emailsCausedBy(envelope: Envelope, mails: readonly CausedMail[]): CausedEmail[] {
  const { id, type, data } = envelope
  return mails.flatMap(({ kind, cause }) => {
    const accountId = cause.to(data)
    return accountId === undefined
      ? []
      : [{ event: { id, type }, accountId, kind, parameters: cause.parameters(envelope) }]
  })
}

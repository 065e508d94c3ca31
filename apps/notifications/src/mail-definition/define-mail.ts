import type { Envelope, EventDefinition, Language, notifications } from '@mpics/contracts'
import type { z } from 'zod'
import type { MailLinks, PendingAccount } from '../sources/mail-links.js'
import type { Sources } from '../sources/mail-sources.js'
import type { Person } from '../templates/mail-content.js'
import type { MailTexts } from './mail-texts.js'

type Shape = Record<string, z.ZodType>

export type EmailCategory = z.output<typeof notifications.emailCategory>

/** Ids and codes only: names, addresses and links are asked for at the moment of sending. */
export interface MailParameters {
  requestId?: string
  actorId?: string
  photoId?: string
  /** Of a document; `detail` names the document. */
  version?: string
  /** A code of the fact, such as why a photo was rejected. */
  detail?: string
  /** When it happened, ISO 8601. */
  at?: string
  actorIds?: string[]
  /** Number of actors beyond those named. */
  moreActors?: number
}

export interface MailValues {
  handle?: string
  name?: string
  /** Key of `details` in the texts. */
  detail?: string
  at?: Date
  /** When the link ends. */
  until?: Date
  count?: number
  people?: Person[]
  accounts?: PendingAccount[]
  more?: number
  url?: string
  /** A signed statement, in one word. */
  receipt?: string
  /** A text of others, in the recipient's language. */
  summary?: string
  /** Further pages; `label` is a key of `links` in the texts. */
  links?: { label: string; url: string }[]
}

export interface MailToWrite {
  accountId: string
  handle: string
  locale: string
  createdAt: Date
  parameters: MailParameters
}

/** `instead`: the kind whose texts are sent in place of the mail's own; `listed`: the accounts whose mails this one replaces. */
export type Written = { values: MailValues; instead?: string; listed?: string[] } | { suppress: string }
/** Changes nothing: it may be asked before the mail is there. */
export type WriteMail = (mail: MailToWrite, sources: Sources) => Promise<Written>
/** Identity remembers a link that it made: it is asked for one when the mail is there. */
export interface WriteWithLinks {
  withLinks(mail: MailToWrite, links: MailLinks): Promise<Written>
}

interface Facts {
  /** The name of the folder. */
  kind: string
  /** Decides which rules stop the mail, and what its unsubscribe link turns off. */
  category: EmailCategory
  /** The digest of its category names the actors of all its mails, for somebody who wants them daily or weekly. */
  digest?: true
  /** Keeps somebody who does a thing again and again from filling a mailbox. */
  maxPerActorAndDay?: number
  /** Later ones wait, whichever account of the address they are for. One that was sent replaces those that it lists. */
  maxPerAddressAndHour?: number
  /** Goes to an address that is not verified, too. No other mail does. */
  toUnverified?: true
  /** Goes to the address that is to become the account's, and to none when that has been settled. */
  toNewAddress?: true
  /** Asks the sources for what the texts need, at the moment of sending or shortly before. */
  write: WriteMail | WriteWithLinks
}

/** The event that causes a mail. */
interface Caused<S extends Shape> {
  on: EventDefinition<S>
  /** The recipient; undefined when this event causes no mail. */
  to: (data: z.output<z.ZodObject<S>>) => string | undefined
  parameters: (event: Envelope<EventDefinition<S>>) => MailParameters
}

export interface MailCause {
  event: EventDefinition
  to(data: unknown): string | undefined
  parameters(event: Envelope): MailParameters
}

/** A mail without a cause is a digest, belongs to a campaign, or is sent instead of another. */
export type MailDefinition = Facts & { cause?: MailCause }
export type Mail = MailDefinition & { texts: Readonly<Record<Language, MailTexts>> }
export type ReadMail = Mail & { write: WriteMail }

/** Nothing changes while it is written: it has no link, and takes no place among the mails of an address. */
export const isOnlyRead = (mail: Mail): mail is ReadMail =>
  typeof mail.write === 'function' && mail.maxPerAddressAndHour === undefined

/** States all about one kind of mail but its texts, which stand beside it by language. */
export function defineMail<S extends Shape>(mail: Facts & (Caused<S> | { on?: undefined })): MailDefinition {
  if (!mail.on) return mail
  const { on: event, to, parameters, ...facts } = mail
  return { ...facts, cause: { event, to, parameters } }
}

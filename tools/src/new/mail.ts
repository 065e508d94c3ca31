import * as contracts from '@mpics/contracts'
import { consumers, eventByType } from '@mpics/contracts/catalogue'
import { UserFacingError } from '../environment/user-facing-error.js'
import { addConsumer } from './consumer.js'
import { assertWords } from './names.js'
import type { Workspace } from './workspace.js'

/** Fields that name the account which a fact is about. */
const RECIPIENTS = ['accountId', 'ownerId', 'followedId', 'profileId']

/** A mail’s folder: its definition, and its texts in each language. */
export function newMail(workspace: Workspace, kind: string, on = ''): void {
  assertWords(kind, 'a kind of mail')
  const event = eventNamed(on)
  const definition = definitionOf(event)
  const folder = `apps/notifications/src/mails/${kind}`
  workspace.create(`${folder}/mail.ts`, mailDefinition(kind, definition, recipientOf(event)))
  for (const language of contracts.languageCodes) workspace.create(`${folder}/${language}.ts`, TEXTS)
  if (!isMailed(event)) addConsumer(workspace, { service: 'notifications', reaction: reactionTo(event), ...definition })
  workspace.run('apps/notifications/mails.mjs')
}

function eventNamed(type: string): contracts.EventDefinition {
  const found = [...eventByType.values()].filter((e) => e.type === type || e.type.replace(/\.v\d+$/, '') === type)
  const latest = found.sort((a, b) => b.version - a.version)[0]
  if (!latest)
    throw new UserFacingError(
      `--on must name the event that causes the mail. “${type}” is none; there are: ${[...eventByType.keys()].join(', ')}.`,
    )
  return latest
}

/** The namespace and the name by which contracts export an event. */
function definitionOf(event: contracts.EventDefinition): { publisher: string; event: string } {
  for (const publisher of contracts.serviceNames)
    for (const [name, value] of Object.entries(contracts[publisher]))
      if ((value as object) === event) return { publisher, event: name }
  throw new UserFacingError(`${event.type} is exported by no service of the contracts.`)
}

function recipientOf({ type, schema }: contracts.EventDefinition): string {
  const found = RECIPIENTS.find((name) => name in schema.shape)
  if (!found) throw new UserFacingError(`${type} names no recipient: it has none of ${RECIPIENTS.join(', ')}.`)
  return found
}

const isMailed = ({ type }: contracts.EventDefinition) =>
  consumers.some((c) => c.service === 'notifications' && c.event.type === type && c.reaction.startsWith('mail-'))

const reactionTo = ({ type }: contracts.EventDefinition) => `mail-on-${type.split('.').slice(1, 3).join('-')}`

const mailDefinition = (
  kind: string,
  { publisher, event }: { publisher: string; event: string },
  recipient: string,
) => `import { ${publisher} } from '@mpics/contracts'
import { aboutAccount } from '../../mail-definition/about-account.js'
import { defineMail } from '../../mail-definition/define-mail.js'

export const mail = defineMail({
  kind: '${kind}',
  category: 'system',
  on: ${publisher}.${event},
  to: ({ ${recipient} }) => ${recipient},
  parameters: () => ({}),
  write: aboutAccount,
})
`

/** Double brackets fail the test of the mails: no place of a mail may be left unfilled. */
const TEXTS = `import type { MailTexts } from '../../mail-definition/mail-texts.js'

export const texts: MailTexts = {
  subject: '[[subject]]',
  heading: '[[heading]]',
  paragraphs: ['[[what happened]]'],
  button: '',
  note: '',
  because: '[[why they get it]]',
}
`

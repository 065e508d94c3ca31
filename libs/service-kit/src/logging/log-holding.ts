import type { About, Holding } from '@mpics/contracts'

const technical = (description: string): About => ({ classification: 'technical', purpose: 'diagnosis', description })
const identifier = (description: string): About => ({ classification: 'identifier', purpose: 'diagnosis', description })

/** Names what nobody stated, without its value. */
const UNSTATED = 'unstated'

/** Every member that a line may have: the logger leaves out any other. */
const fields: Record<string, About> = {
  level: technical('how urgent it is'),
  time: technical('when it was written'),
  service: technical('which service wrote it'),
  msg: technical('what happened'),
  context: technical('the part of the service'),
  requestId: identifier('which request it belongs to; its caller is told it too'),
  traceId: identifier('which trace it belongs to'),
  err: technical('type, message, code, stack and cause of an error, without values'),
  method: technical('of a request'),
  route: technical('of a request: a template, never a path'),
  status: technical('of an answer, or of a mail'),
  durationMs: technical('of a request'),
  caller: technical('the service that called'),
  id: identifier('of a request by an operator'),
  emailId: identifier('of a mail, without its address'),
  exportId: identifier('of an export of a person, which ends after a week'),
  campaignId: identifier('of mails to many'),
  url: technical('where the service listens'),
  startedInMs: technical('of a start'),
  signal: technical('that ended the process'),
  attempt: technical('how many attempts were made'),
  attempts: technical('how many attempts were made'),
  kind: technical('of a mail'),
  category: technical('of a mail'),
  queued: technical('how many mails wait'),
  until: technical('when a mail is tried again'),
  document: technical('of the policies of the site'),
  version: technical('of a policy'),
  effectiveAt: technical('of a policy'),
  order: technical('of an operator, by its name'),
  by: technical('the name by which an operator is known to the system'),
  endsAt: technical('of a certificate'),
  reason: technical('why something failed, in a word of a list'),
  error: technical('the kind of an error, by its name'),
  entry: technical('of the register of personal data'),
  purged: technical('how many of its records were too old, and are gone'),
  read: technical('how many facts a rebuild has read'),
  added: technical('how many documents a rebuild has added'),
  mended: technical('how many documents a rebuild has mended'),
  removed: technical('how many documents a rebuild has removed'),
  table: technical('of the lake'),
  differing: technical('how many hours of it are not as they are stored'),
  hourFile: technical('a table of the lake and an hour'),
  hour: technical('an hour whose counts stay as they are'),
  [UNSTATED]: technical('names of members that were left out, since nobody stated what they are; never their values'),
}

/** Leaves out what is not stated, so that it is held nowhere. */
export function statedMembers(line: Record<string, unknown>): Record<string, unknown> {
  const unstated = Object.keys(line).filter((name) => !Object.hasOwn(fields, name))
  if (unstated.length === 0) return line
  const stated = Object.entries(line).filter(([name]) => Object.hasOwn(fields, name))
  return { ...Object.fromEntries(stated), [UNSTATED]: unstated.join(' ') }
}

/** The logger (`logger.ts`, `scrub.ts`) leaves names, addresses, tokens and paths out of every line. */
export const logHolding: Holding = {
  place: 'logs',
  subject: 'nobody: an id of a request or of a mail, which leads to an account only as long as the mail is kept',
  retention: 'as long as the operator keeps the standard output of the services',
  erasure: 'ends by itself with its retention',
  export: 'none: nothing leads from an account to it',
  fields,
}

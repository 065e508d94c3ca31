import { about } from '@mpics/mongo'

const technical = about.technical('mail')

/** What is kept of a mail, and why: neither its text nor its address. */
export const emailFields = {
  _id: about.identifier('mail'),
  accountId: about.identifier('mail'),
  kind: technical,
  category: technical,
  cause: technical,
  parameters: {
    requestId: about.identifier('mail'),
    actorId: about.identifier('mail', 'whom the mail tells of'),
    version: technical,
    photoId: about.identifier('mail'),
    detail: technical,
    at: technical,
    actorIds: about.identifier('mail', 'whom the digest tells of'),
    moreActors: technical,
  },
  traceparent: about.technical('diagnosis'),
  bulk: technical,
  policyVersion: about.technical('mail', 'the privacy policy in force when the address was used'),
  status: technical,
  reason: technical,
  attempts: technical,
  createdAt: technical,
  wantedAt: technical,
  dueAt: technical,
  lease: { holder: technical, until: technical },
  finishedAt: technical,
  settledAt: about.technical('mail', 'the same as `finishedAt`, in mails of earlier releases'),
}

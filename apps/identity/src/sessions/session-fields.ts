import { about } from '@mpics/mongo'

const at = about.technical('security')
const secret = about.secret('security', 'a keyed hash')

/** What a session holds, and why. */
export const sessionFields = {
  ...{ _id: about.identifier('security'), accountId: about.identifier('security') },
  credentials: about.secret('security', 'a fingerprint of the credentials that opened it'),
  ...{ openedAt: at, provedAt: at, factorProvedAt: at, provedBy: at, lastSeenAt: at },
  browser: about.personal('security', 'browser and system, without versions'),
  country: about.personal('security', 'of the log-in, where it is known'),
  ...{ sharedComputer: at, knownBrowserHash: secret, refreshHash: secret, pageHash: secret },
  guesses: { count: at, notBefore: at, forgetAt: at },
  spent: { hash: secret, at },
  ...{ idleUntil: at, expiresAt: at, endedAt: at, endedBy: at, purgeAt: at },
}

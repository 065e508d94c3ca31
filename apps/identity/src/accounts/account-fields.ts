import { aboutsOf, identity } from '@mpics/contracts'
import { about } from '@mpics/mongo'

const { handle, email, fullName, locale } = aboutsOf(identity.registerAccount.body!)
const { timeZone } = aboutsOf(identity.changeMe.body!)
const { name: passkeyName } = aboutsOf(identity.renamePasskey.body!)
const derived = about.personal('account', 'the same in the form in which it is compared')
const at = about.technical('security')
const staff = about.identifier('administration', 'the account of the staff that did it')

const link = { id: about.identifier('security'), tokenHash: about.secret('security'), requestedAt: at, expiresAt: at }

const emailChange = {
  ...{ id: link.id, email, emailKey: derived, requestedAt: at, sessionId: about.identifier('security') },
  ...{ credentials: about.secret('security', 'a fingerprint of the credentials that asked for it') },
  ...{ confirmation: link, freezing: link, noticeAt: at, confirmedAt: at, frozenAt: at },
  ...{ decision: about.technical('security'), endsAt: at },
}

const administration = about.technical('administration')
const grant = {
  ...{ role: administration, by: staff, why: about.personal('administration', 'as the staff put it') },
  ...{ since: administration, until: administration, ended: { by: staff, why: about.personal('administration') } },
}
const lock = {
  ...{ id: about.identifier('administration'), reason: administration, by: staff, at: administration },
  ...{ objection: link, objectedAt: administration, approvedBy: staff, dueAt: administration },
}
const lockEntry = {
  ...{ act: administration, reason: administration, by: staff, at: administration },
  note: about.personal('administration', 'as the staff put it'),
}

const passkey = {
  ...{ id: about.identifier('security'), name: passkeyName, publicKey: about.technical('security') },
  ...{ counter: at, transports: at, backedUp: at, aaguid: at, addedAt: at, lastUsedAt: at },
}
const recovery = { id: link.id, confirm: link, cancel: link, startedAt: at, dueAt: at, nextAt: at }
const factors = {
  totp: { secret: about.secret('security', 'sealed'), madeAt: at, confirmedAt: at, lastStep: at },
  recoveryCodes: about.secret('security', 'hashes of the codes that are left'),
  passkeys: passkey,
  userHandle: about.identifier('security', 'names the account to authenticators'),
  recovery,
  refusals: { since: at, count: at },
}

const { accepted } = identity.registerAccount.body!.shape
const consent = about.personal('consent')
const acceptance = { document: consent, version: consent, at: consent, where: consent }

/** What an account holds, and why. */
export const accountFields = {
  ...{ _id: about.identifier('account'), handle, handleKey: derived, email, emailKey: derived, emailVerifiedAt: at },
  passwordHash: about.secret('security', 'Argon2id'),
  ...{ passwordChangedAt: at, credentialVersion: at, credentialsMovedAt: at, credentialsMovedBy: at },
  ...{ locale, timeZone, grants: grant, rolesVersion: administration, accepted: aboutsOf(accepted) },
  acceptances: acceptance,
  ageCheckedAt: about.technical('account', 'when the date of birth was looked at; the date itself is not kept'),
  registeredAt: about.technical('account'),
  fullName: { ...fullName, description: 'until profiles has fetched it' },
  ...{ verification: { ...link, mailedAt: at }, reset: link, earlierResets: link, emailChange },
  ...{ closure: { requestedAt: administration, erasesAt: administration }, lock, lockEntries: lockEntry, factors },
  erasure: { id: about.identifier('account'), begunAt: administration },
}

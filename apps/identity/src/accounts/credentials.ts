import type { Account } from './account.js'

type Credentials = Pick<
  Account,
  'credentialVersion' | 'credentialsMovedAt' | 'credentialsMovedBy' | 'passwordChangedAt'
>

/**
 * Names what a log-in proves at this moment. It contains the time of the password, since a replica of an earlier release
 * changes the password without the version.
 */
export const credentialsOf = ({
  credentialVersion,
  passwordChangedAt,
}: Pick<Credentials, 'credentialVersion' | 'passwordChangedAt'>): string =>
  `${credentialVersion}.${passwordChangedAt.getTime()}`

/** Every transition that changes what a log-in proves includes it. Sessions then end, but for the acting one; null: for none. */
export const movedCredentials = (
  { credentialVersion }: Pick<Credentials, 'credentialVersion'>,
  actingSessionId: string | null,
  now: Date,
): Omit<Credentials, 'passwordChangedAt'> => ({
  credentialVersion: credentialVersion + 1,
  credentialsMovedAt: now,
  credentialsMovedBy: actingSessionId,
})

interface Factors {
  totp?: { confirmedAt?: Date | null } | null
  passkeys?: readonly unknown[]
}

/** The account has a second factor that is in use; one of an earlier release has none. */
export function hasSecondFactor(account: object): boolean {
  const { factors } = account as { factors?: Factors | null }
  return Boolean(factors?.totp?.confirmedAt) || (factors?.passkeys?.length ?? 0) > 0
}

export interface Claim {
  /** A known browser, or a link that was mailed, shows that it is not just anybody. */
  readonly known: boolean
  /** The account and the network, each of which gets its share of the turns. */
  readonly flows: readonly string[]
}

/** `network` is an IPv4 address or an IPv6 /64; a gateway of an earlier release does not tell it. */
const flowsOf = (own: string, network: string | undefined) =>
  network === undefined ? [own] : [own, `network ${network}`]

export const ownersClaim = (accountId: string, network?: string): Claim => ({
  known: true,
  flows: flowsOf(`account ${accountId}`, network),
})

export const strangersClaim = (name: string, network: string | undefined): Claim => ({
  known: false,
  flows: flowsOf(`name ${name}`, network),
})

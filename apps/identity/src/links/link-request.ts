/** A request for a one-time link. The database keeps only the token's hash, which opens nothing. */
export interface LinkRequest {
  id: string
  tokenHash: string
  requestedAt: Date
  expiresAt: Date
}

/** The request for a link that is mailed to an address which is not proven yet. */
export interface VerificationRequest extends LinkRequest {
  mailedAt: Date | null
}

export const isUsable = (request: LinkRequest | null, tokenHash: string, now: Date): request is LinkRequest =>
  request !== null && request.tokenHash === tokenHash && now < request.expiresAt

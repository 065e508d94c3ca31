/** A request for a one-time link. The database keeps only the token's hash, which opens nothing. */
export interface LinkRequest {
  id: string
  tokenHash: string
  requestedAt: Date
  expiresAt: Date
}

export const isUsable = (request: LinkRequest | null, tokenHash: string, now: Date): request is LinkRequest =>
  request !== null && request.tokenHash === tokenHash && now < request.expiresAt

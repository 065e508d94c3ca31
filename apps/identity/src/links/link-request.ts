/** A one-time link that was asked for. Only the token's hash is kept, so that what is stored opens nothing. */
export interface LinkRequest {
  id: string
  tokenHash: string
  requestedAt: Date
  expiresAt: Date
}

export const isUsable = (request: LinkRequest | null, tokenHash: string, now: Date): request is LinkRequest =>
  request !== null && request.tokenHash === tokenHash && now < request.expiresAt

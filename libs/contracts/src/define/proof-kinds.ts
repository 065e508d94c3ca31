/** How somebody proves who they are. */
export const proofKinds = ['password', 'totp', 'recovery-code', 'passkey'] as const

export type Proof = (typeof proofKinds)[number]

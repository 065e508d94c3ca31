/**
 * A call under an Idempotency-Key whose body nobody has read before it begins. Whoever reads it says part by part what came, before
 * the part changes anything.
 */
export interface StreamedCall {
  /** The call was answered before. What comes now is compared, and nothing is done with it. */
  readonly isAnswered: boolean
  /** Refuses what differs from what came as this part under the same key before. */
  came(part: 'file' | 'fields', digest: Buffer): Promise<void>
}

export interface Phrases {
  fallback: string
  unsubscribe: string
  privacy: string
  terms: string
  more: string
  /** An account in a list. */
  account: string
}

export interface Phrases {
  fallback: string
  unsubscribe: string
  privacy: string
  terms: string
  more: string
  account: string
}

/** What stands around every letter. */
export interface Surroundings {
  privacyUrl: string
  termsUrl: string
  /** Who sends it. */
  imprint: string
  /** Where these mails are turned off; absent for mails that are always sent (B25). */
  unsubscribeUrl?: string
}

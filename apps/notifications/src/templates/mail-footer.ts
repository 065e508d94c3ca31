/** What stands below every mail. */
export interface MailFooter {
  privacyUrl: string
  termsUrl: string
  /** Who sends it. */
  imprint: string
  /** Where these mails are turned off; absent for mails that are always sent (B25). */
  unsubscribeUrl?: string
}

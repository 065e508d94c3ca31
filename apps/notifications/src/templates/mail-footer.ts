export interface MailFooter {
  privacyUrl: string
  termsUrl: string
  /** Name and address of the sender. */
  imprint: string
  /** Where these mails are turned off; absent for mails that are always sent (B25). */
  unsubscribeUrl?: string
}

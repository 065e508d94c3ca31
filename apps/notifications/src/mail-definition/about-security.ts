import { aboutAccount } from './about-account.js'
import type { WriteMail } from './define-mail.js'

/** Something happened to the recipient's account that may have been somebody else; leads to a new password. */
export const aboutSecurity: WriteMail = async (mail, sources) => {
  const written = await aboutAccount(mail, sources)
  return 'suppress' in written ? written : { values: { ...written.values, url: sources.page('/reset-password') } }
}

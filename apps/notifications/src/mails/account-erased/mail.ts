import { aboutAccount } from '../../mail-definition/about-account.js'
import { defineMail } from '../../mail-definition/define-mail.js'

/** The last mail to somebody who has no account any more: `last-mails` sends it, and no record of it is kept. */
export const mail = defineMail({ kind: 'account-erased', category: 'system', write: aboutAccount })

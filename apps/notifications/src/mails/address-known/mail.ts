import { aboutAccount } from '../../mail-definition/about-account.js'
import { defineMail } from '../../mail-definition/define-mail.js'

/** Sent instead of a mail with a link. */
export const mail = defineMail({ kind: 'address-known', category: 'system', write: aboutAccount })

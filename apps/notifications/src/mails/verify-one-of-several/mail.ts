import { aboutAccount } from '../../mail-definition/about-account.js'
import { defineMail } from '../../mail-definition/define-mail.js'

/** Sent instead of a mail with one link, to an address with which several accounts were registered. */
export const mail = defineMail({ kind: 'verify-one-of-several', category: 'system', write: aboutAccount })

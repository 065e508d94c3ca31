import { defineMail } from '../../mail-definition/define-mail.js'
import { aboutPolicy } from '../../mail-definition/about-policy.js'

/** A campaign sends it. `detail` is the document, `at` when the version comes into force. */
export const mail = defineMail({ kind: 'policy-changed', category: 'legal', write: aboutPolicy })

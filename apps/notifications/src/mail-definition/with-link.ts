import type { LinkKind } from '../sources/mail-sources.js'
import type { WriteMail } from './define-mail.js'

/** A mail whose link is what it is for; an address that another account has verified is told so instead. */
export const withLink =
  (kind: LinkKind): WriteMail =>
  async ({ accountId, handle, parameters }, sources) => {
    const link = await sources.link(kind, accountId, parameters.requestId ?? '')
    if (link === 'address-known') return { values: { handle }, instead: link }
    return 'suppress' in link ? link : { values: { handle, ...link } }
  }

import type { LinkKind } from '../sources/mail-sources.js'
import type { WriteMail } from './define-mail.js'

export const withLink =
  (kind: LinkKind): WriteMail =>
  async ({ accountId, handle, parameters }, sources) => {
    const link = await sources.link(kind, accountId, parameters.requestId ?? '')
    const at = parameters.at ? { at: new Date(parameters.at) } : {}
    return 'suppress' in link ? link : { values: { handle, detail: parameters.detail, ...link, ...at } }
  }

import type { LinkKind } from '../sources/mail-links.js'
import type { WriteWithLinks } from './define-mail.js'

export const withLink = (kind: LinkKind): WriteWithLinks => ({
  async withLinks({ accountId, handle, parameters }, links) {
    const link = await links.link(kind, accountId, parameters.requestId ?? '')
    const at = parameters.at ? { at: new Date(parameters.at) } : {}
    return 'suppress' in link ? link : { values: { handle, detail: parameters.detail, ...link, ...at } }
  },
})

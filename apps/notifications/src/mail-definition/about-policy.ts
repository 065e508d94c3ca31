import type { WriteMail } from './define-mail.js'

/** Tells of a version of a document, in the recipient's language. */
export const aboutPolicy: WriteMail = async ({ handle, locale, parameters, createdAt }, sources) => {
  const { detail = '', version = '', at } = parameters
  const { summary, supersedes } = await sources.policy(detail, version, locale)
  const changes = supersedes && sources.changesPage(detail, { from: supersedes, to: version })
  return {
    values: {
      ...{ handle, detail, summary, at: at ? new Date(at) : createdAt },
      url: sources.page(`/policies/${detail}?version=${encodeURIComponent(version)}`),
      links: changes ? [{ label: 'changes', url: changes }] : [],
    },
  }
}

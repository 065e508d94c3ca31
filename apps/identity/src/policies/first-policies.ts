import { readFileSync } from 'node:fs'
import type { DocumentName, PolicyVersion } from './policy.js'

interface FirstPolicy extends PolicyVersion {
  document: DocumentName
}

/** Marks in the source name the test that shows a sentence; they are no part of the document. */
const MARK = / ?<!--[^]*?-->/g

const versionOf = (document: DocumentName, version: string, summary: string): FirstPolicy => ({
  document,
  version,
  effectiveAt: new Date(`${version}T00:00:00Z`),
  publishedAt: new Date(`${version}T00:00:00Z`),
  text: readFileSync(new URL(`../../policies/${document}-${version}.md`, import.meta.url), 'utf8').replace(MARK, ''),
  summary,
  translations: {},
})

/**
 * The documents of a new site, each document's versions oldest first, as if the site had had them from their days on. A version
 * that was once here stays as it is, since a site may have published it. Operators publish later ones while the site runs.
 */
export const firstPolicies = (): FirstPolicy[] => [
  versionOf(
    'privacy',
    '2015-03-14',
    'What we collect, what we use it for, to whom we show it, and what you decide about it.',
  ),
  versionOf('terms', '2015-03-14', 'What Million Pictures is, what you may publish, and what you can expect of us.'),
  versionOf('terms', '2026-11-28', 'They promise only what the site can do today.'),
  versionOf('terms', '2026-11-29', 'You can take all that is yours with you, and what you close is erased.'),
]

import { readFileSync } from 'node:fs'
import type { DocumentName, PolicyVersion } from './policy.js'

interface FirstPolicy extends PolicyVersion {
  document: DocumentName
}

const DAY = '2015-03-14'

const firstVersion = (document: DocumentName, summary: string): FirstPolicy => ({
  document,
  version: DAY,
  effectiveAt: new Date(`${DAY}T00:00:00Z`),
  publishedAt: new Date(`${DAY}T00:00:00Z`),
  text: readFileSync(new URL(`../../policies/${document}-${DAY}.md`, import.meta.url), 'utf8'),
  summary,
})

/** The documents of a new site. Operators publish every later version while the site runs. */
export const firstPolicies = (): FirstPolicy[] => [
  firstVersion('privacy', 'What we collect, what we use it for, to whom we show it, and what you decide about it.'),
  firstVersion('terms', 'What Million Pictures is, what you may publish, and what you can expect of us.'),
]

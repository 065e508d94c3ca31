import type { Language } from '@mpics/contracts'
import type { AnnouncedVersion } from '../policies/policies-in-force.js'
import { type Html, html } from './html.js'
import { textsIn, timeIn } from './page-language.js'
import { changesPath, versionPath } from './policy-paths.js'

/** Tells everybody, on every page, of documents that change or changed a moment ago (B65). */
export function announcementsOf(announced: readonly AnnouncedVersion[], now: Date, language: Language): Html | null {
  if (announced.length === 0) return null
  return html`<aside class="news" aria-label="${textsIn(language).announcements.label}">
    ${announced.map((version) => html`<p>${announcement(version, now, language)}</p> `)}
  </aside>`
}

function announcement({ document, version, supersedes, effectiveAt }: AnnouncedVersion, now: Date, language: Language) {
  const { announcements, policy } = textsIn(language)
  const iso = effectiveAt.toISOString()
  const say = effectiveAt > now ? announcements.coming : announcements.since
  const changes = supersedes && changesPath(document, { from: supersedes, to: version }, language)
  return html`${say(policy.titles[document], html`<time datetime="${iso}">${timeIn(language, iso)}</time>`)}
    <a href="${versionPath(document, version, language)}">${announcements.read}</a>
    ${changes && html`<a href="${changes}">${policy.changes.link}</a>`}`
}

import type { ApiAnswer, identity, Language } from '@mpics/contracts'
import { type Html, html } from '../pages/html.js'
import { textsIn, timeIn } from '../pages/page-language.js'
import { versionPath } from '../pages/policy-paths.js'
import { accountTextsIn } from './account-texts.js'

type ToAccept = ApiAnswer<typeof identity.getMe>['toAccept']

/** What a member is asked to accept, for the form of the account page; the rest of the page stays open. */
export function askToAccept(toAccept: ToAccept, language: Language): Html {
  const { text, button } = accountTextsIn(language).acceptance
  return html`<p>${text}</p>
    <ul>
      ${toAccept.map((version) => html`<li>${line(version, language)}</li> `)}
    </ul>
    <button>${button}</button>`
}

function line({ document, version, effectiveAt }: ToAccept[number], language: Language): Html {
  const { titles } = textsIn(language).policy
  const at = html`<time datetime="${effectiveAt}">${timeIn(language, effectiveAt)}</time>`
  return html`<a href="${versionPath(document, version, language)}">${titles[document]}</a>
    <span class="quiet">${accountTextsIn(language).acceptance.since(at)}</span>
    <input type="hidden" name="${document}" value="${version}" />`
}

import type { Language } from '@mpics/contracts'
import { type Html, html } from './html.js'
import { languageQuery } from './page-language.js'

/** A form that sends the token of the mailed link back. */
export const tokenForm = (language: Language, path: string, token: string, fields: Html): Html =>
  html`<form method="post" action="${path}${languageQuery(language)}">
    <input type="hidden" name="token" value="${token}" />
    ${fields}
  </form>`

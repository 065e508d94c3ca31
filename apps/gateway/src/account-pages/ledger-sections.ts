import type { Language } from '@mpics/contracts'
import type { MyPrivacy } from '../compose/my-privacy.js'
import { type Html, html } from '../pages/html.js'
import { timeIn } from '../pages/page-language.js'
import { privacyTextsIn } from '../pages/privacy-texts.js'

const kinds = ['received', 'looks', 'consents', 'notices'] as const
type Row = MyPrivacy['received'][number]

/** Every row of the ledger, by its kind. */
export const ledgerSections = (language: Language, mine: MyPrivacy): Html[] =>
  kinds.map((kind) => {
    const { title, none } = privacyTextsIn(language).mine[kind]
    const rows = mine[kind]
    return html`<h2>${title}</h2>
      ${
        rows.length === 0
          ? html`<p class="quiet">${none}</p>`
          : html`<ul>
              ${rows.map((row) => item(language, row))}
            </ul>`
      }`
  })

function item(language: Language, row: Row): Html {
  const { granted, withdrawn, staff } = privacyTextsIn(language).mine
  const answer = row.granted === undefined ? undefined : row.granted ? granted : withdrawn
  const said = [
    ...[row.recipient, row.ground, row.staffId && `${staff} ${row.staffId}`, row.reason],
    ...[row.purpose, answer, row.document, row.noticeVersion, row.fields?.join(', ')],
  ]
  return html`<li>
    <time datetime="${row.at}">${timeIn(language, row.at)}</time>: ${said.filter(Boolean).join(' · ')}
    <span class="quiet">(${row.receiptId})</span>
  </li> `
}

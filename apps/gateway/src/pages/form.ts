import { DomainError, type Language } from '@mpics/contracts'
import type { PageContent } from './layout.js'
import { type Html, html } from './html.js'

/** Reads a field of a posted form; empty when it is missing or came twice. */
export const fieldOf = (form: unknown, name: string): string => {
  const value = (form as Record<string, unknown> | null | undefined)?.[name]
  return typeof value === 'string' ? value : ''
}

export const card = (title: string, inside: Html, status?: number, language?: Language): PageContent => ({
  title,
  status,
  language,
  body: html` <section class="card">
    <h1>${title}</h1>
    ${inside}
  </section>`,
})

export const paragraph = (text: string): Html => html`<p>${text}</p>`

const LINK_PROBLEMS: readonly string[] = [
  'identity.link-expired',
  'input-invalid',
  'notifications.unsubscribe-link-invalid',
]

/** Tells a mailed link that is not valid, or no longer, from other refusals. */
export const isAboutLink = (error: unknown): error is DomainError =>
  error instanceof DomainError && LINK_PROBLEMS.includes(error.code)

import { DomainError } from '@mpics/contracts'
import type { PageContent } from './layout.js'
import { type Html, html } from './html.js'

/** A field of a posted form; empty for one that is missing or came twice. */
export const fieldOf = (form: unknown, name: string): string => {
  const value = (form as Record<string, unknown> | null | undefined)?.[name]
  return typeof value === 'string' ? value : ''
}

/** A page with one thing to do or to know. */
export const card = (title: string, inside: Html, status?: number): PageContent => ({
  title,
  status,
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

/** Whether a refusal means that the link in the mail is worth nothing, or not any more. */
export const isAboutLink = (error: unknown): error is DomainError =>
  error instanceof DomainError && LINK_PROBLEMS.includes(error.code)

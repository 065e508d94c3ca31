import { DomainError, type Language } from '@mpics/contracts'
import type { PageContent } from './layout.js'
import { type Html, html } from './html.js'

/** Reads a field of a posted form; empty when it is missing or came twice. */
export const fieldOf = (form: unknown, name: string): string => {
  const value = (form as Record<string, unknown> | null | undefined)?.[name]
  return typeof value === 'string' ? value : ''
}

/** Tells an address with a token from one without. */
export const isToken = (token: unknown): token is string => typeof token === 'string' && token !== ''

export const card = (title: string, inside: Html, status?: number, language?: Language): PageContent => ({
  title,
  status,
  language,
  body: html` <section class="card">
    <h1>${title}</h1>
    ${inside}
  </section>`,
})

export const wrong = (text: string | undefined): Html | undefined =>
  text === undefined ? undefined : html`<p class="wrong" role="alert">${text}</p>`

export const statusOf = (problem: string | undefined): number => (problem === undefined ? 200 : 422)

export const currentPasswordField = (label: string): Html =>
  html`<label for="current">${label}</label>
    <input
      id="current"
      name="currentPassword"
      type="password"
      maxlength="256"
      autocomplete="current-password"
      required
    />`

export const newPasswordField = (label: string, hint: string): Html =>
  html`<label for="new">${label}</label>
    <input
      id="new"
      name="newPassword"
      type="password"
      minlength="12"
      maxlength="256"
      autocomplete="new-password"
      required
      aria-describedby="hint"
    />
    <p id="hint" class="quiet">${hint}</p>`

export const paragraph = (text: string): Html => html`<p>${text}</p>`

const LINK_PROBLEMS: readonly string[] = [
  'identity.link-expired',
  'input-invalid',
  'notifications.unsubscribe-link-invalid',
]

/** Tells a mailed link that is not valid, or no longer, from other refusals. */
export const isAboutLink = (error: unknown): error is DomainError =>
  error instanceof DomainError && LINK_PROBLEMS.includes(error.code)

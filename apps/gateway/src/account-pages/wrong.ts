import { type Html, html } from '../pages/html.js'

export const wrong = (text: string | undefined): Html | undefined =>
  text === undefined ? undefined : html`<p class="wrong" role="alert">${text}</p>`

export const statusOf = (problem: string | undefined): number => (problem === undefined ? 200 : 422)

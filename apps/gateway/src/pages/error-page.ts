import { card, paragraph } from './form.js'
import { type Html, html } from './html.js'
import { layout } from './layout.js'

export interface ShownProblem {
  status: number
  title: string
  detail?: string
}

const TITLES: Readonly<Record<number, string>> = {
  403: 'This is not allowed',
  404: 'There is nothing here',
  429: 'Slow down, please',
  500: 'Something went wrong',
  503: 'Back in a moment',
}
const EXPLANATIONS: Readonly<Record<number, string>> = {
  404: 'The page was moved or removed, or it is not meant for everybody.',
  500: 'This was our fault. It was written down and somebody will look at it.',
  503: 'A part of the site does not answer at the moment. Please try again soon.',
}

/** Shows a problem to a visitor who followed a link. */
export function errorPage({ status, title, detail }: ShownProblem, isMember: boolean, news: Html | null): string {
  const text = EXPLANATIONS[status] ?? detail ?? 'The request cannot be served.'
  const inside = html`${paragraph(text)}
    <p><a class="button" href="/">Go to the first page</a></p>`
  const frame = { path: '', publicUrl: '', views: null, counting: 'elsewhere', isMember, news } as const
  return layout(card(TITLES[status] ?? title, inside), frame)
}

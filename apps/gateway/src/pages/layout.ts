import { DEFAULT_LANGUAGE, type Language } from '@mpics/contracts'
import type { Views } from '../compose/page-totals.js'
import { assets } from './assets.js'
import { type Html, html } from './html.js'
import { headOf, type PageAbout } from './page-about.js'
import { languageAttributes, languageQuery, textsIn } from './page-language.js'
import type { PageTexts } from './page-texts.js'

export interface PageContent {
  title: string
  body: Html
  status?: number
  /** The default one where nothing is said. */
  language?: Language
  about?: PageAbout
  views?: Views | null
  headers?: Readonly<Record<string, string>>
}

/** `by-itself`: the page’s script, or its picture where scripts are off, counts the view. */
export type Counting = 'by-itself' | 'elsewhere'

interface Frame {
  /** Path of the page in the address bar. */
  path: string
  publicUrl: string
  views: Views | null | undefined
  counting: Counting
  /** The browser has a session; whether it lasts, its own pages find out. */
  isMember?: boolean
  news?: Html | null
}

const viewCount = (views: Views | null | undefined, { viewed }: PageTexts['frame']) =>
  html`<span class="count">${views && viewed(views.total, views.unique)}</span>`

const counter = (path: string) =>
  html` <script src="${assets.viewScript}" defer></script>
    <noscript
      ><img src="/v1/page-views/noscript.gif?page=${encodeURIComponent(path)}" alt="" width="1" height="1"
    /></noscript>`

/** Frames every page; it works without scripts, with a keyboard and a screen reader, in light and dark. */
export function layout(
  { title, body, about, language = DEFAULT_LANGUAGE }: PageContent,
  { path, publicUrl, views, counting, isMember, news }: Frame,
): string {
  const { frame } = textsIn(language)
  const query = languageQuery(language)
  return html`<!doctype html>
    <html ${languageAttributes(language)}>
      <head>
        <meta charset="utf-8" />
        <title>${title} · Million Pictures</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${headOf(title, about, publicUrl, language)}
        <link rel="stylesheet" href="${assets.styles}" />
        <link rel="icon" href="${assets.icon}" type="image/svg+xml" />
      </head>
      <body>
        <a class="skip" href="#content">${frame.skip}</a>
        <header class="bar">
          <div>
            <a class="brand" href="/"><img src="${assets.icon}" alt="" width="28" height="28" /> Million Pictures</a>
            <nav aria-label="${frame.site}">
              <a href="/explore">${frame.explore}</a>
              ${isMember ? html`<a href="/account${query}">${frame.account}</a>` : html`<a href="/log-in${query}">${frame.logIn}</a>`}
            </nav>
          </div>
          ${news}
        </header>
        <main id="content">${body}</main>
        <footer>
          <div>
            ${viewCount(views, frame)}
            <a href="/policies/privacy${query}">${frame.privacy}</a>
            <a href="/policies/terms${query}">${frame.terms}</a>
            <a href="/privacy/inventory${query}">${frame.inventory}</a>
            <a href="/privacy/cookies${query}">${frame.cookies}</a>
            <a href="/docs">API</a>
            <a href="/docs/events">${frame.events}</a>
          </div>
        </footer>
        ${counting === 'by-itself' && counter(path)}
      </body>
    </html> `.text
}

import type { Views } from '../compose/enrichments.js'
import { assets } from './assets.js'
import { counted } from './counted.js'
import { type Html, html } from './html.js'
import { languageAttributes } from './page-language.js'

export interface PageContent {
  title: string
  body: Html
  status?: number
}

/** `by-itself`: the page’s script, or its picture where scripts are off, counts the view. */
export type Counting = 'by-itself' | 'elsewhere'

interface Frame {
  /** Path of the page in the address bar. */
  path: string
  views: Views | null | undefined
  counting: Counting
}

const viewCount = (views: Views | null | undefined) =>
  views
    ? html`<span class="count"
        >Viewed ${counted(views.total, 'time', 'times')} by ${counted(views.unique, 'person', 'people')}</span
      >`
    : html`<span class="count"></span>`

const counter = (path: string) =>
  html` <script src="${assets.viewScript}" defer></script>
    <noscript
      ><img src="/v1/page-views/noscript.gif?page=${encodeURIComponent(path)}" alt="" width="1" height="1"
    /></noscript>`

/** Frames every page; it works without scripts, with a keyboard and a screen reader, in light and dark. */
export const layout = ({ title, body }: PageContent, { path, views, counting }: Frame): string =>
  html`<!doctype html>
    <html ${languageAttributes}>
      <head>
        <meta charset="utf-8" />
        <title>${title} · Million Pictures</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="stylesheet" href="${assets.styles}" />
        <link rel="icon" href="${assets.icon}" type="image/svg+xml" />
      </head>
      <body>
        <a class="skip" href="#content">Skip to content</a>
        <header class="bar">
          <div>
            <a class="brand" href="/"><img src="${assets.icon}" alt="" width="28" height="28" /> Million Pictures</a>
            <nav aria-label="Site"><a href="/explore">Explore</a></nav>
          </div>
        </header>
        <main id="content">${body}</main>
        <footer>
          <div>
            ${viewCount(views)}
            <a href="/policies/privacy">Privacy policy</a>
            <a href="/policies/terms">Terms</a>
            <a href="/privacy/cookies">Cookies</a>
            <a href="/docs">API</a>
            <a href="/docs/events">Events</a>
          </div>
        </footer>
        ${counting === 'by-itself' && counter(path)}
      </body>
    </html> `.text

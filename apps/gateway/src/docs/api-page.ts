import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { assets } from '../pages/assets.js'
import { type Html, html } from '../pages/html.js'
import { headOf, type PageAbout } from '../pages/page-about.js'
import { languageAttributes } from '../pages/page-language.js'

/** The gateway serves Swagger UI’s files itself, so that the page loads nothing from elsewhere. */
export const swaggerFolder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
export const swaggerFiles = ['swagger-ui.css', 'swagger-ui-bundle.js'] as const

const about: PageAbout = {
  description:
    'Every call of the API of Million Pictures, to read and to try out: photos, profiles, follows, accounts and views.',
  path: '/docs',
}

export const apiPage = (publicUrl: string, news: Html | null): string =>
  html`<!doctype html>
    <html ${languageAttributes()}>
      <head>
        <meta charset="utf-8" />
        <title>API · Million Pictures</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${headOf('API', about, publicUrl)}
        <link rel="stylesheet" href="/docs/assets/swagger-ui.css" />
        <link rel="stylesheet" href="${assets.docsStyles}" />
        <link rel="icon" href="${assets.icon}" type="image/svg+xml" />
      </head>
      <body>
        <header class="bar"><a href="/">Million Pictures</a> <a href="/docs/events">Events</a></header>
        ${news}
        <div id="swagger-ui"></div>
        <noscript>
          <main>
            <h1>API</h1>
            <p>This page needs scripts; the same is in <a href="/openapi.json">openapi.json</a>.</p>
          </main>
        </noscript>
        <script src="/docs/assets/swagger-ui-bundle.js"></script>
        <script src="${assets.docsScript}"></script>
      </body>
    </html> `.text

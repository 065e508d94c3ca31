import { html as xml } from '../pages/html.js'
import type { PublicPage } from './public-pages.js'

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

const SPACES = xml`xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"`

const pictureAt = (address: string) => xml`<image:image><image:loc>${address}</image:loc></image:image>`

/** sitemaps.org, protocol 0.9, with Google's extension for pictures. */
export function urlSet(pages: readonly PublicPage[], publicUrl: string): string {
  const { origin } = new URL(publicUrl)
  const addressOf = (path: string) => origin + path
  const entries = pages.map(({ path, publishedAt, picture }) => {
    const facts = [publishedAt && xml`<lastmod>${publishedAt}</lastmod>`, picture && pictureAt(addressOf(picture))]
    return xml`<url><loc>${addressOf(path)}</loc>${facts}</url>\n`
  })
  return HEAD + xml`<urlset ${SPACES}>\n${entries}</urlset>\n`.text
}

export function sitemapIndex(paths: readonly string[], publicUrl: string): string {
  const entries = paths.map((path) => xml`<sitemap><loc>${new URL(path, publicUrl).href}</loc></sitemap>\n`)
  return (
    HEAD + xml`<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries}</sitemapindex>\n`.text
  )
}

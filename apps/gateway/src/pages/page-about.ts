import { DEFAULT_LANGUAGE, type Language, languageCodes } from '@mpics/contracts'
import { type Html, html } from './html.js'

/** One that everybody may see, by its address on this site. */
export interface PagePicture {
  url: string
  width: number
  height: number
  alt: string
}

/** Search engines and links on other sites show this of a page; it says no more than the page says to a visitor. */
export interface PageAbout {
  description: string
  /** The one address of this content (RFC 6596): a query only where it makes another page. */
  path: string
  type?: 'website' | 'article' | 'profile'
  picture?: PagePicture | null
  /** The page speaks every language; in each it has an address of its own. */
  translated?: boolean
}

const SITE = 'Million Pictures'
const MAX_DESCRIPTION = 200

/** Whole words in one line. */
function inShort(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  if (line.length <= MAX_DESCRIPTION) return line
  const cut = line.slice(0, Math.max(line.lastIndexOf(' ', MAX_DESCRIPTION), MAX_DESCRIPTION / 2))
  return `${cut.replace(/[\uD800-\uDBFF]$/, '')}…`
}

const property = (name: string, content: string | number | undefined | null | false) =>
  content ? html`<meta property="og:${name}" content="${content}" />` : null

const pictureOf = ({ url, width, height, alt }: PagePicture, publicUrl: string) =>
  html`${property('image', new URL(url, publicUrl).href)} ${property('image:width', width)}
    ${property('image:height', height)} ${property('image:alt', alt)}
    <meta name="twitter:card" content="summary_large_image" />`

/** The part of a page's head by The Open Graph protocol and RFC 6596. Pages without it are for one reader: nobody may list them. */
export function headOf(
  title: string,
  about: PageAbout | undefined,
  publicUrl: string,
  language = DEFAULT_LANGUAGE,
): Html {
  if (!about) return html`<meta name="robots" content="noindex" />`
  const { description, path, type = 'website', picture, translated } = about
  const address = addressIn(language, path, publicUrl)
  return html`<meta name="description" content="${inShort(description)}" />
    <link rel="canonical" href="${address}" />
    ${translated && alternates(path, publicUrl)} ${property('site_name', SITE)} ${property('type', type)}
    ${property('title', title)} ${property('url', address)} ${property('description', inShort(description))}
    ${picture && pictureOf(picture, publicUrl)}`
}

function addressIn(language: Language, path: string, publicUrl: string): string {
  const address = new URL(path, publicUrl)
  if (language !== DEFAULT_LANGUAGE) address.searchParams.set('lang', language)
  return address.href
}

const alternates = (path: string, publicUrl: string): Html[] =>
  languageCodes.map(
    (language) => html`<link rel="alternate" hreflang="${language}" href="${addressIn(language, path, publicUrl)}" /> `,
  )

import type { media } from '@mpics/contracts'
import type { z } from 'zod'
import { type Html, html } from './html.js'

type Renditions = NonNullable<z.input<typeof media.photoSummary>['renditions']>

interface Shown {
  alt: string
  /** Widths at which the page shows it; the browser chooses the rendition by them. */
  sizes: string
  /** The largest in sight when the page opens: the browser fetches it before anything else. */
  first?: boolean
  lazy?: boolean
}

/** Renditions are never larger than the picture, so that those of a small one are equal; the browser needs each width once. */
const byWidth = ({ thumb, small, large }: Renditions) =>
  [thumb, small, large].filter(({ width }, at, all) => all.findIndex((other) => other.width === width) === at)

export function picture(renditions: Renditions, { alt, sizes, first, lazy }: Shown): Html {
  const { small, large } = renditions
  const choices = byWidth(renditions).map(({ url, width }) => `${url} ${width}w`)
  return html`<img
    src="${small.url}"
    srcset="${choices.join(', ')}"
    sizes="${sizes}"
    width="${large.width}"
    height="${large.height}"
    alt="${alt}"
    ${lazy && html`loading="lazy"`}
    ${first && html`fetchpriority="high"`}
  />`
}

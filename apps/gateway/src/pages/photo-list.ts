import { DEFAULT_LANGUAGE, type media } from '@mpics/contracts'
import type { z } from 'zod'
import { type Html, html } from './html.js'
import type { PagePicture } from './page-about.js'
import { textsIn } from './page-language.js'
import type { PageTexts } from './page-texts.js'
import { picture } from './picture.js'

export type ShownPhoto = z.input<typeof media.photoSummary>

type PicturedPhoto = Pick<ShownPhoto, 'title' | 'altText' | 'renditions' | 'visibility'>

type Texts = PageTexts['gallery']

const { gallery: english } = textsIn(DEFAULT_LANGUAGE)

export const titleOf = ({ title }: Pick<ShownPhoto, 'title'>, { untitled }: Texts = english) => title ?? untitled
export const nameOf = ({ owner }: Pick<ShownPhoto, 'owner'>, { somebody }: Texts = english) =>
  owner.fullName ?? (owner.handle ? `@${owner.handle}` : somebody)

/** The first of them stands for a page where links to it are shown. */
export function pagePicture(photos: readonly PicturedPhoto[] | null | undefined): PagePicture | null {
  const photo = photos?.find(({ renditions, visibility }) => renditions && visibility === 'public')
  return photo?.renditions ? { ...photo.renditions.large, alt: photo.altText ?? titleOf(photo) } : null
}

/** Four columns, then two, then one: see `.gallery` in site.css. */
const SIZES = '(min-width: 72rem) 17rem, (min-width: 36rem) 25rem, calc(100vw - 2.5rem)'

/** So many are in sight when a page opens; waiting for them to be scrolled to would only make them late. */
const FIRST = 4

const item = (photo: ShownPhoto, at: number, texts: Texts) =>
  photo.renditions &&
  html`<li>
    <a href="/photos/${photo.id}">
      ${picture(photo.renditions, { alt: photo.altText ?? '', sizes: SIZES, first: at === 0, lazy: at >= FIRST })}
      <strong>${titleOf(photo, texts)}</strong>
      <span class="quiet">${texts.by(nameOf(photo, texts))}</span>
    </a>
  </li>`

/** `photos` is null while media is away. */
export function photoList(photos: readonly ShownPhoto[] | null, ifEmpty: string, texts: Texts = english): Html {
  if (photos === null) return html`<p class="empty">${texts.away}</p>`
  if (photos.length === 0) return html`<p class="empty">${ifEmpty}</p>`
  return html`<ul class="gallery">
    ${photos.map((photo, at) => item(photo, at, texts))}
  </ul>`
}

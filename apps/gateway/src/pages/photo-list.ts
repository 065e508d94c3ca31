import type { media } from '@mpics/contracts'
import type { z } from 'zod'
import { type Html, html } from './html.js'

export type ShownPhoto = z.input<typeof media.photoSummary>

export const titleOf = (photo: Pick<ShownPhoto, 'title'>) => photo.title ?? 'Untitled'
export const nameOf = ({ owner }: Pick<ShownPhoto, 'owner'>) =>
  owner.fullName ?? (owner.handle ? `@${owner.handle}` : 'a photographer')

const item = (photo: ShownPhoto) =>
  photo.renditions &&
  html`<li>
    <a href="/photos/${photo.id}">
      <img
        src="${photo.renditions.small.url}"
        width="${photo.renditions.small.width}"
        height="${photo.renditions.small.height}"
        alt="${photo.altText ?? ''}"
        loading="lazy"
      />
      <strong>${titleOf(photo)}</strong>
      <span class="quiet">by ${nameOf(photo)}</span>
    </a>
  </li>`

/** `photos` is null while media is away. */
export function photoList(photos: readonly ShownPhoto[] | null, ifEmpty: string): Html {
  if (photos === null)
    return html`<p class="empty">The photos cannot be shown at the moment. Please try again soon.</p>`
  if (photos.length === 0) return html`<p class="empty">${ifEmpty}</p>`
  return html`<ul class="gallery">
    ${photos.map(item)}
  </ul>`
}

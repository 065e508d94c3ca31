import type { media } from '@mpics/contracts'
import type { z } from 'zod'
import { type Html, html } from './html.js'

export type PhotoDetails = z.input<typeof media.shownPhoto>

const LICENCES: Readonly<Record<string, string>> = {
  'all-rights-reserved': 'All rights reserved',
  'cc0-1.0': 'CC0 1.0 (public domain)',
}
const licence = (name: string) =>
  LICENCES[name] ??
  name.replace(/^cc-(.+)-(\d\.\d)$/, (_, terms: string, version: string) => `CC ${terms.toUpperCase()} ${version}`)

/** Cameras show fractions up to here, and then tenths of a second. */
const IN_TENTHS = 0.25001

export const exposure = (seconds: number): string =>
  seconds < IN_TENTHS ? `1/${Math.round(1 / seconds)} s` : `${Number(seconds.toFixed(1))} s`

function settingsOf(camera: NonNullable<PhotoDetails['camera']>): string {
  const { focalLength, aperture, exposureTime, iso } = camera
  const settings = [
    focalLength && `${focalLength} mm`,
    aperture && `f/${aperture}`,
    exposureTime && exposure(exposureTime),
    iso && `ISO ${iso}`,
  ]
  return settings.filter(Boolean).join(' · ')
}

export function photoFacts({ place, camera, licence: terms, publishedAt, tags }: PhotoDetails): Html {
  const facts: [string, string | null | undefined][] = [
    ['Place', place],
    ['Camera', camera && [camera.make, camera.model].filter(Boolean).join(' ')],
    ['Lens', camera?.lens],
    ['Settings', camera && settingsOf(camera)],
    ['Published', publishedAt?.slice(0, 10)],
    ['Licence', licence(terms)],
  ]
  const known = facts.filter(([, value]) => value)
  return html`<dl class="facts">
      ${known.map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>
    ${
      tags.length > 0 &&
      html`<ul class="tags" aria-label="Tags">
        ${tags.map((tag) => html`<li>${tag}</li>`)}
      </ul>`
    }`
}

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Beside `src` and `dist` alike. */
export const assetsFolder = fileURLToPath(new URL('../../assets/', import.meta.url))

const address = (file: string) => {
  const version = createHash('sha256')
    .update(readFileSync(assetsFolder + file))
    .digest('base64url')
    .slice(0, 10)
  return `/assets/${file}?v=${version}`
}

/** Addresses that change with the content, so that browsers may keep the files for ever. */
export const assets = {
  styles: address('site.css'),
  viewScript: address('view.js'),
  icon: address('favicon.svg'),
  docsScript: address('docs.js'),
  eventsScript: address('events.js'),
}

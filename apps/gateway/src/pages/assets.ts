import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The same path leads there from `src` and from `dist`. */
export const assetsFolder = fileURLToPath(new URL('../../assets/', import.meta.url))

const address = (file: string) => {
  const version = createHash('sha256')
    .update(readFileSync(assetsFolder + file))
    .digest('base64url')
    .slice(0, 10)
  return `/assets/${file}?v=${version}`
}

/** Addresses change with the content, so that browsers may keep the files for ever. */
export const assets = {
  styles: address('site.css'),
  viewScript: address('view.js'),
  passkeyScript: address('passkeys.js'),
  icon: address('favicon.svg'),
  docsStyles: address('docs.css'),
  docsScript: address('docs.js'),
  eventsScript: address('events.js'),
}

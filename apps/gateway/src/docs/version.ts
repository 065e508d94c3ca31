import { createRequire } from 'node:module'

const manifest = createRequire(import.meta.url)('../../package.json') as { version: string }

/** Of the API’s and the events’ documents: that of this application. */
export const version = manifest.version

import { createRequire } from 'node:module'

const manifest = createRequire(import.meta.url)('../../package.json') as { version: string }

/** The API’s and the events’ documents carry the version of this application. */
export const version = manifest.version

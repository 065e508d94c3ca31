import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import { pathToFileURL } from 'node:url'

/** Tells this process from other replicas and from other versions, in the words of OpenTelemetry's semantic conventions. */
export const runningInstance = (program = process.argv[1]): Record<string, string> => ({
  'service.version': versionOf(program),
  'service.instance.id': randomUUID(),
})

function versionOf(program = ''): string {
  try {
    const manifest = findPackageJSON(pathToFileURL(program))!
    return (JSON.parse(readFileSync(manifest, 'utf8')) as { version?: string }).version ?? 'unknown'
  } catch {
    return 'unknown'
  }
}

/** The service's name, which is the `kid` of its private key, or of each key while they are replaced. */
export function serviceOf(privateKey = '{}'): string {
  try {
    const { kid, keys } = JSON.parse(privateKey) as { kid?: string; keys?: { kid?: string }[] }
    return kid ?? keys?.[0]?.kid ?? 'unknown'
  } catch {
    return 'unknown'
  }
}

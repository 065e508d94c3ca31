import { DEFAULT_SITE } from '@mpics/contracts'
import type { CommonConfig } from './common-config.js'
import { readCertificates } from './certificates.js'
import { ConfigError } from './config-error.js'
import type { ConfigClass } from './define-config.js'
import { wireOf } from './wire.js'

const FILES = ['INTERNAL_TLS_CA_FILE', 'INTERNAL_TLS_CERTIFICATE_FILE', 'INTERNAL_TLS_KEY_FILE'] as const

/**
 * Refuses files that TLS cannot use and, with INTERNAL_TLS_REQUIRED, every way to another server that is not encrypted, and a site
 * that only its own machine reaches.
 */
export function assertEncrypted(config: CommonConfig): void {
  readCertificates(config)
  if (!config.INTERNAL_TLS_REQUIRED) return
  const sentences = [...missingFiles(config), ...plaintextWays(config), ...missingSite(config)]
  if (sentences.length > 0) throw new ConfigError(sentences)
}

const missingFiles = (config: CommonConfig): string[] =>
  FILES.filter((name) => !config[name]).map(
    (name) =>
      `${name} is not set, and INTERNAL_TLS_REQUIRED is true: name the file, or set INTERNAL_TLS_REQUIRED=false.`,
  )

/** Mails, tokens and the `dataschema` of events would name it for good. */
const missingSite = ({ PUBLIC_URL }: CommonConfig): string[] =>
  PUBLIC_URL === DEFAULT_SITE
    ? [
        `PUBLIC_URL is not set, or is ${DEFAULT_SITE}, and INTERNAL_TLS_REQUIRED is true: give it the address at which people reach the site.`,
      ]
    : []

function plaintextWays(config: CommonConfig): string[] {
  const values = config as unknown as Record<string, unknown>
  const { shape } = config.constructor as ConfigClass
  return Object.entries(shape).flatMap(([name, schema]) => {
    const wire = wireOf(schema)
    const isOpen = wire && values[name] !== undefined && !wire.isEncrypted(values[name])
    return isOpen ? [`${name} leads over plaintext, and INTERNAL_TLS_REQUIRED is true: give it ${wire.mend}.`] : []
  })
}

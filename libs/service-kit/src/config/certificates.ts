import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext, getCACertificates } from 'node:tls'
import { ConfigError } from './config-error.js'

/** Files with PEM: this service's certificate, its key, and the authorities that it trusts inside. */
export interface CertificateFiles {
  readonly INTERNAL_TLS_CA_FILE?: string
  readonly INTERNAL_TLS_CERTIFICATE_FILE?: string
  readonly INTERNAL_TLS_KEY_FILE?: string
}

/** PEM, named as Node's TLS options. */
export interface Certificates {
  readonly ca: string
  readonly cert: string
  readonly key: string
}

type Variable = keyof CertificateFiles

const CA = 'INTERNAL_TLS_CA_FILE'
const CERTIFICATE = 'INTERNAL_TLS_CERTIFICATE_FILE'
const KEY = 'INTERNAL_TLS_KEY_FILE'
const VARIABLES: readonly Variable[] = [CA, CERTIFICATE, KEY]

/** Returns undefined where no file is named. Throws a ConfigError for files that TLS could not use. */
export function readCertificates(files: CertificateFiles): Certificates | undefined {
  if (VARIABLES.every((name) => !files[name])) return undefined
  refuse(VARIABLES.filter((name) => !files[name]).map(isMissing))
  const [ca, cert, key] = VARIABLES.map((name) => read(name, files[name]!)) as [string, string, string]
  refuse([
    ...(parses(() => new X509Certificate(ca)) ? [] : [`${CA} names a file without a certificate: ${AS_PEM}`]),
    ...(parses(() => new X509Certificate(cert))
      ? []
      : [`${CERTIFICATE} names a file without a certificate: ${AS_PEM}`]),
    ...(parses(() => createPrivateKey(key)) ? [] : [`${KEY} names a file without a private key: ${AS_PEM}`]),
  ])
  refuse(new X509Certificate(cert).checkPrivateKey(createPrivateKey(key)) ? [] : [NO_PAIR])
  refuse(parses(() => createSecureContext({ ca, cert, key })) ? [] : [HALF_A_CHAIN])
  return { ca, cert, key }
}

/** For servers that are not ours (Kafka, MongoDB, object store, mail): authorities inside count beside those that Node.js knows. */
export function clientCertificates(files: CertificateFiles): (Omit<Certificates, 'ca'> & { ca: string[] }) | undefined {
  const own = readCertificates(files)
  return own && { ...own, ca: [...getCACertificates('default'), own.ca] }
}

const AS_PEM = 'it must hold PEM (-----BEGIN …).'
const NO_PAIR = `${CERTIFICATE} and ${KEY} do not belong together: give the key for which the certificate was made.`

const HALF_A_CHAIN = `${CERTIFICATE} or ${CA} names a file that ends in the middle of a certificate: ${AS_PEM}`

const isMissing = (name: Variable) =>
  `${name} is not set, but other INTERNAL_TLS_… files are: give all three (${VARIABLES.join(', ')}), or none for HTTP without TLS.`

function read(name: Variable, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new ConfigError([`${name} names a file that cannot be read (${code}): mount it, or correct the path.`])
  }
}

function refuse(sentences: string[]): void {
  if (sentences.length > 0) throw new ConfigError(sentences)
}

function parses(attempt: () => unknown): boolean {
  try {
    return Boolean(attempt())
  } catch {
    return false
  }
}

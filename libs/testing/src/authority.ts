import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']

/** Variables of a service that name the files of its certificate. */
export interface IssuedFiles extends Record<string, string> {
  INTERNAL_TLS_CA_FILE: string
  INTERNAL_TLS_CERTIFICATE_FILE: string
  INTERNAL_TLS_KEY_FILE: string
}

/** A certificate authority of a test, made with openssl. Nothing trusts it that was not told to. */
export class Authority {
  private constructor(
    /** PEM. */
    readonly ca: string,
    private readonly signing: string[],
  ) {}

  static make(folder: string): Authority {
    mkdirSync(folder, { recursive: true })
    const [ca, key] = [join(folder, 'ca.crt'), join(folder, 'ca.key')]
    request('-subj', '/CN=Authority of a test', '-keyout', key, '-out', ca)
    return new Authority(readFileSync(ca, 'utf8'), ['-CA', ca, '-CAkey', key])
  }

  /** Writes a certificate into a folder, over the one that is there. */
  issue(folder: string, names = 'IP:127.0.0.1,DNS:localhost'): IssuedFiles {
    mkdirSync(folder, { recursive: true })
    const [ca, certificate, key] = ['ca.crt', 'tls.crt', 'tls.key'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ]
    writeFileSync(ca, this.ca)
    const subject = ['-subj', '/CN=service', '-addext', `subjectAltName=${names}`]
    const leaf = ['-addext', 'basicConstraints=critical,CA:FALSE']
    request(...subject, ...leaf, ...this.signing, '-keyout', key, '-out', certificate)
    return { INTERNAL_TLS_CA_FILE: ca, INTERNAL_TLS_CERTIFICATE_FILE: certificate, INTERNAL_TLS_KEY_FILE: key }
  }
}

const request = (...args: string[]) => execFileSync('openssl', ['req', '-x509', ...KEY, ...args], { stdio: 'pipe' })

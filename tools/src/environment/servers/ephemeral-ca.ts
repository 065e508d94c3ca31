import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from '../run.js'

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']

/** A certificate authority for a test, and a certificate of 127.0.0.1 by it. Nothing trusts it that was not told to. */
export interface EphemeralCa {
  /** Its certificate, as PEM. */
  ca: string
  caFile: string
  /** File with the server's private key and certificate, as PEM. */
  keyStore: string
}

export async function ephemeralCa(folder: string): Promise<EphemeralCa> {
  const [caKey, ca, key, certificate, keyStore] = ['ca.key', 'ca.pem', 'kafka.key', 'kafka.pem', 'kafka.store.pem'].map(
    (name) => join(folder, name),
  ) as [string, string, string, string, string]
  const request = ['req', '-x509', ...KEY]
  await run('openssl', [...request, '-subj', '/CN=Authority of a test', '-keyout', caKey, '-out', ca])
  const names = ['-subj', '/CN=kafka', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost']
  const leaf = ['-addext', 'basicConstraints=critical,CA:FALSE']
  const by = ['-CA', ca, '-CAkey', caKey, '-keyout', key, '-out', certificate]
  await run('openssl', [...request, ...names, ...leaf, ...by])
  await writeFile(keyStore, (await readFile(key, 'utf8')) + (await readFile(certificate, 'utf8')), { mode: 0o600 })
  return { ca: await readFile(ca, 'utf8'), caFile: ca, keyStore }
}

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../environment/root.js'
import { serviceVariables } from '../environment/system/service-variables.js'
import { type Service, serviceNames } from '../environment/system/services.js'
import { givenVariables, kubernetesSecrets } from './kubernetes-secrets.js'

describe('the manifests', () => {
  it('give every service all that its configuration requires, and nothing that none knows', async () => {
    const [given, variables] = [await givenVariables(root), await serviceVariables()]
    const { path } = await kubernetesSecrets(root)
    const secrets = readFileSync(join(root, path), 'utf8').split('---\n')
    for (const [i, service] of serviceNames.entries()) {
      const [, name] = /metadata: { name: (\w+),/.exec(secrets[i]!)!
      const held = [...secrets[i]!.matchAll(/^ {2}(?:# )?([A-Z_\d]+): ''$/gm)].map(([, key]) => key!)
      const missing = variables[service]
        .filter((v) => (v.required || v.secret) && !given.has(v.name) && !held.includes(v.name))
        .map((v) => v.name)
      const unknown = held.filter((key) => !variables[service].some((v) => v.name === key))
      expect({ name, missing, unknown }).toEqual({ name: service, missing: [], unknown: [] })
    }
    const known = new Set(Object.values(variables).flatMap((all) => all.map((v) => v.name)))
    expect([...given].filter((name) => !known.has(name))).toEqual([])
  })

  it('call every service over TLS in staging and production, and demand it there', () => {
    const read = (file: string) => readFileSync(join(root, 'deploy/k8s', file), 'utf8')
    const plain = [...read('base/kustomization.yaml').matchAll(/^ +- ([A-Z]+_URL)=http:(.+)$/gm)]
    const secured = read('components/tls-inside/kustomization.yaml')
    expect(plain).not.toEqual([])
    for (const [, name, rest] of plain) expect(secured).toContain(`- ${name}=https:${rest}`)
    expect(secured).toContain('- INTERNAL_TLS_REQUIRED=true')
    for (const overlay of ['staging', 'production'])
      expect(read(`overlays/${overlay}/kustomization.yaml`)).toContain('- ../../components/tls-inside')
  })
})

describe('the how-to on rotating secrets', () => {
  it('names every secret', async () => {
    const page = readFileSync(join(root, 'docs/how-to/rotate-secrets.md'), 'utf8')
    const secrets = Object.values(await serviceVariables()).flatMap((all) => all.filter((v) => v.secret))
    expect([...new Set(secrets.map((v) => v.name))].filter((name) => !page.includes(`\`${name}\``))).toEqual([])
  })
})

/** Made by whoever runs MongoDB, Kafka, the object store and the mail server. */
const OF_OTHER_SERVERS = [
  'ANALYTICS_S3_ACCESS_KEY',
  'ANALYTICS_S3_SECRET_KEY',
  'MONGODB_URI',
  'KAFKA_SASL_PASSWORD',
  'EXPORTS_S3_ACCESS_KEY',
  'EXPORTS_S3_SECRET_KEY',
  'MEDIA_S3_ACCESS_KEY',
  'MEDIA_S3_SECRET_KEY',
  'NOTIFICATIONS_SMTP_URL',
]

const SAY_WHAT_IS_WRONG = `
const said = process.argv.slice(1).map(async (given) => {
  const { file, made } = JSON.parse(given)
  const Config = Object.values(await import(file)).find((value) => Array.isArray(value?.variables))
  try { new Config(made) } catch (error) { return error.message }
})
console.log(JSON.stringify(await Promise.all(said)))
`

describe('mpics keys make', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'mpics-keys-')), 'keys')
  const made = {} as Record<Service, Record<string, string>>
  const said = {} as Record<Service, string>
  beforeAll(() => {
    const dkim = ['--dkim', 'mail.example:s1']
    execFileSync(process.execPath, [join(root, 'apps/mpics/dist/main.js'), 'keys', 'make', folder, ...dkim])
    for (const name of serviceNames) made[name] = variablesIn(join(folder, `${name}.env`))
    const given = serviceNames.map((name) =>
      JSON.stringify({ file: pathToFileURL(join(root, 'apps', name, 'dist/config.js')).href, made: made[name] }),
    )
    const args = ['--input-type=module', '-e', SAY_WHAT_IS_WRONG, ...given]
    const texts = JSON.parse(execFileSync(process.execPath, args, { cwd: root, env: {}, encoding: 'utf8' })) as string[]
    for (const [i, name] of serviceNames.entries()) said[name] = texts[i]!
  })
  afterAll(() => rmSync(join(folder, '..'), { recursive: true }))

  it.each(serviceNames)(
    'makes every secret of %s but those of other servers, as its configuration takes them',
    async (name) => {
      const secrets = (await serviceVariables())[name].filter((v) => v.secret).map((v) => v.name)
      expect(secrets.filter((secret) => !(secret in made[name]) && !OF_OTHER_SERVERS.includes(secret))).toEqual([])
      expect(Object.keys(made[name]).filter((variable) => said[name].includes(variable))).toEqual([])
      // its other variables are missing, or nothing would have been read at all
      expect(said[name]).toContain('KAFKA_BROKERS')
    },
  )
})

function variablesIn(file: string): Record<string, string> {
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  return Object.fromEntries(lines.map((line) => /^(\w+)=(.*)$/.exec(line)!.slice(1) as [string, string]))
}

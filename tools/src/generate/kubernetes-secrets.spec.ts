import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../environment/root.js'
import { serviceVariables } from '../environment/system/service-variables.js'
import { serviceNames } from '../environment/system/services.js'
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

import { globSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { run } from '../../src/environment/run.js'

export interface KubernetesObject {
  apiVersion: string
  kind: string
  metadata: { name: string }
  [field: string]: unknown
}
/** One of an RFC 6902 patch; the manifests only add. */
export interface Operation {
  op: string
  path: string
  value: unknown
}
interface Kustomization {
  labels: { pairs: Record<string, string> }[]
}
type Document = KubernetesObject | Operation[]
export type Documents = Record<string, Document[]>

const TO_JSON = `
import json, sys, yaml
print(json.dumps({file: [one for one in yaml.safe_load_all(open(file)) if one] for file in sys.argv[1:]}))
`

/** The contents of the YAML files of a folder, by their paths in it. */
export async function readDocuments(folder: string, programs: string): Promise<Documents> {
  const files = globSync('**/*.yaml', { cwd: folder }).sort()
  return JSON.parse(await run(join(programs, 'python'), ['-c', TO_JSON, ...files], { cwd: folder })) as Documents
}

/** Without patches, which are lists of operations, and without kustomize's own instructions: they never reach a cluster. */
export function objectsOf(documents: Documents): [file: string, object: KubernetesObject][] {
  const entries = Object.entries(documents).flatMap(([file, all]) => all.map((one) => [file, one] as const))
  return entries.flatMap(([file, one]) =>
    Array.isArray(one) || one.apiVersion.startsWith('kustomize.config.k8s.io/') ? [] : [[file, one]],
  )
}

/** A Deployment in base is whole only with its folder's labels and the patches of the components: as kustomize would complete it. */
export function completed(deployment: KubernetesObject, file: string, documents: Documents): KubernetesObject {
  const [kustomization] = documents[join(dirname(file), 'kustomization.yaml')] as unknown as [Kustomization]
  const labels = Object.assign({}, ...kustomization.labels.map(({ pairs }) => pairs)) as Record<string, string>
  const marked: Operation[] = [
    { op: 'add', path: '/spec/selector', value: { matchLabels: labels } },
    { op: 'add', path: '/spec/template/metadata', value: { labels } },
  ]
  const whole = structuredClone(deployment)
  const patches = Object.values(documents).flat().filter(Array.isArray) as Operation[][]
  for (const operation of [...marked, ...patches.flat()]) add(whole, operation)
  return whole
}

function add(to: KubernetesObject, { op, path, value }: Operation): void {
  if (op !== 'add') throw new Error(`This test cannot ${op} ${path}: teach it to.`)
  const names = path.split('/').slice(1)
  const last = names.pop()!
  const parent = names.reduce<Record<string, unknown>>((at, name) => at[name] as Record<string, unknown>, to)
  if (last === '-') (parent as unknown as unknown[]).push(value)
  else parent[last] = value
}

/** A line for each object: passed, could not be checked, or why it is refused. */
export async function validate(
  objects: [file: string, object: KubernetesObject][],
  version: string,
  { folder, programs }: { folder: string; programs: string },
): Promise<string[]> {
  const files = objects.map(([file], i) => `${i}/${file}`)
  for (const [i, [, object]] of objects.entries()) {
    const file = join(folder, files[i]!)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, JSON.stringify(object))
  }
  const args = ['--strict', '--kubernetes-version', version, ...files]
  const said = await run(join(programs, 'kubernetes-validate'), args, { cwd: folder }).catch(
    (failure: { stdout: string }) => failure.stdout,
  )
  return said.trim().split('\n')
}

import { cpSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildOverlay } from '../../src/environment/artifacts/kustomize.js'
import { root } from '../../src/environment/root.js'
import { run } from '../../src/environment/run.js'

export interface KubernetesObject {
  apiVersion: string
  kind: string
  metadata: { name: string }
  spec?: Spec
  /** Of a Role. */
  rules?: { resources: string[]; resourceNames?: string[]; verbs: string[] }[]
}

export interface Spec {
  podSelector?: object
  policyTypes?: string[]
  egress?: object[]
  selector?: { matchLabels: Record<string, string> }
  template?: { spec: PodSpec }
  jobTemplate?: { spec: { template: { spec: PodSpec } } }
}

export interface PodSpec {
  serviceAccountName?: string
  automountServiceAccountToken?: boolean
  containers: { image: string; resources: { limits: Record<string, string> }; envFrom?: object[] }[]
  initContainers?: { image: string; envFrom?: object[] }[]
  volumes?: { name: string; emptyDir?: object }[]
}

const TO_JSON = `
import json, sys, yaml
print(json.dumps([one for one in yaml.load_all(open(sys.argv[1]), yaml.CSafeLoader) if one]))
`

interface Place {
  /** Where it may write. */
  folder: string
  programs: string
}

/** All objects of an overlay, as a cluster would get them. `from`: the folder with the manifests. */
export async function objectsOf(
  overlay: string,
  { folder, programs }: Place,
  from = join(root, 'deploy/k8s'),
): Promise<KubernetesObject[]> {
  const file = join(folder, `${overlay}.yaml`)
  await writeFile(file, await buildOverlay(join(from, 'overlays', overlay)))
  return JSON.parse(await run(join(programs, 'python'), ['-c', TO_JSON, file])) as KubernetesObject[]
}

/** A copy of the manifests in which one text of each file is another. */
export async function slippedManifests(folder: string, slips: readonly [string, string, string, ...unknown[]][]) {
  cpSync(join(root, 'deploy/k8s'), folder, { recursive: true })
  for (const [name, right, wrong] of slips) {
    const file = join(folder, name)
    const text = await readFile(file, 'utf8')
    if (!text.includes(right)) throw new Error(`${name} does not hold “${right}”.`)
    await writeFile(file, text.replace(right, wrong))
  }
  return folder
}

/** A line for each object: passed, could not be checked, or why it is refused. */
export async function validate(objects: KubernetesObject[], version: string, place: Place): Promise<string[]> {
  const files = await Promise.all(
    objects.map(async (object, at) => {
      const file = join(String(at), 'object.yaml')
      await mkdir(join(place.folder, String(at)), { recursive: true })
      await writeFile(join(place.folder, file), JSON.stringify(object))
      return file
    }),
  )
  const args = ['--strict', '--kubernetes-version', version, ...files]
  const said = await run(join(place.programs, 'kubernetes-validate'), args, { cwd: place.folder }).catch(
    (failure: { stdout: string }) => failure.stdout,
  )
  return said.trim().split('\n')
}

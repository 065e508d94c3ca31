import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pythonPrograms } from '../src/environment/artifacts/python-environment.js'
import { root } from '../src/environment/root.js'
import {
  completed,
  type Documents,
  type KubernetesObject,
  objectsOf,
  readDocuments,
  validate,
} from './setup/manifests.js'

/** The oldest that its makers still keep up: a field that only newer ones know is refused, too. */
const KUBERNETES = '1.35'

/** Of the Prometheus operator: their schemas are not Kubernetes's. */
const WITHOUT_SCHEMA = ['PodMonitor', 'PrometheusRule']

const SLIPS: [file: string, right: string, wrong: string, refusal: RegExp][] = [
  ['components/bus/job.yaml', '"backoffLimit":', '"backofLimit":', /job\/bus .*'backofLimit' was unexpected/],
  ['base/media/service.yaml', '"port":80', '"port":"80"', /service\/media .*'80' is not of type 'integer'/],
  ['components/hardened/pod.yaml', '"periodSeconds":', '"period":', /deployment\/gateway .*'period' was unexpected/],
  ['components/autoscaling/media.yaml', '"maxReplicas":10,', '', /autoscaler\/media .*'maxReplicas' is a required/],
]

jest.setTimeout(180_000)

describe('the manifests for Kubernetes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mpics-manifests-'))
  let programs: string
  let documents: Documents

  beforeAll(async () => {
    programs = await pythonPrograms()
    documents = await readDocuments(join(root, 'deploy/k8s'), programs)
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const check = (from: Documents) => {
    const objects = objectsOf(from).map(([file, object]): [string, KubernetesObject] => [
      file,
      object.kind === 'Deployment' ? completed(object, file, from) : object,
    ])
    return validate(objects, KUBERNETES, { folder, programs })
  }

  it(`are whole and hold no field that Kubernetes ${KUBERNETES} does not know`, async () => {
    const objects = objectsOf(documents)
    const lines = await check(documents)
    expect(lines.filter((line) => !/^(INFO|WARN) /.test(line))).toEqual([])
    const unchecked = lines.filter((line) => line.startsWith('WARN '))
    expect(unchecked.map((line) => /schema for kind (\w+)/.exec(line)?.[1]).sort()).toEqual(WITHOUT_SCHEMA)
    expect(lines).toHaveLength(objects.length)
    expect(objects.filter(([, { kind }]) => kind === 'Deployment')).toHaveLength(6)
  })

  it('give media room for the pictures that it decodes at once', () => {
    const [[file, media] = []] = objectsOf(documents).filter(
      ([, { kind, metadata }]) => kind === 'Deployment' && metadata.name === 'media',
    )
    const { spec } = completed(media!, file!, documents) as { spec?: { template: { spec: { volumes: unknown[] } } } }
    expect(spec?.template.spec.volumes[1]).toEqual({ name: 'tmp', emptyDir: { sizeLimit: '1Gi' } })
  })

  it('are refused for a field of a wrong name or type, in patches too, and for one that is missing', async () => {
    const slipped = structuredClone(documents)
    for (const [file, right, wrong] of SLIPS) {
      const text = JSON.stringify(slipped[file])
      expect(text).toContain(right)
      slipped[file] = JSON.parse(text.replace(right, wrong)) as Documents[string]
    }
    const refused = (await check(slipped)).filter((line) => line.startsWith('ERROR ')).join('\n')
    for (const [, , , refusal] of SLIPS) expect(refused).toMatch(refusal)
  })
})

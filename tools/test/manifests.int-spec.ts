import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serviceNames } from '@mpics/contracts'
import { failuresOf, keptFindings } from './setup/checkov.js'
import { pythonPrograms } from '../src/environment/artifacts/python-environment.js'
import { root } from '../src/environment/root.js'
import { serviceVariables } from '../src/environment/system/service-variables.js'
import { type KubernetesObject, objectsOf, slippedManifests, validate } from './setup/manifests.js'
import { reachedBy } from './setup/network-policies.js'

/** The oldest that its makers still keep up: a field that only newer ones know is refused, too. */
const KUBERNETES = '1.35'

const WITHOUT_SCHEMA = /schema for kind (PodMonitor|PrometheusRule)/

const DOCKERFILE = join(root, 'deploy/docker/Dockerfile')
const OVERLAYS = ['local', 'staging', 'production']

const SLIPS: [file: string, right: string, wrong: string, refusal: RegExp][] = [
  ['components/bus/job.yaml', 'backoffLimit:', 'backofLimit:', /job\/bus .*'backofLimit' was unexpected/],
  [
    'components/autoscaling/gateway.yaml',
    'minReplicas: 3',
    "minReplicas: '3'",
    /gateway .*'3' is not of type 'integer'/,
  ],
  ['components/hardened/pod.yaml', 'periodSeconds: 2', 'period: 2', /deployment\/gateway .*'period' was unexpected/],
  ['components/autoscaling/media.yaml', '  maxReplicas: 10\n', '', /autoscaler\/media .*'maxReplicas' is a required/],
]

/** The service itself never asks at PUBLIC_URL: that is for browsers. */
const LEADS_AWAY = /^(?!PUBLIC_URL$)\w+_(URL|URI|ENDPOINT|BROKERS)$/

const NAMES = ['UDP 53', 'TCP 53'].flatMap((port) => [`kube-system ${port}`, `169.254.20.10/32 ${port}`])

const OBJECT_STORE = ['TCP 443', 'TCP 3900', 'TCP 7480', 'TCP 8333', 'TCP 9000']

const SERVERS: Record<string, string[]> = {
  KAFKA_BROKERS: ['TCP 9092-9098'],
  MONGODB_URI: ['TCP 27015-27019'],
  ANALYTICS_S3_ENDPOINT: OBJECT_STORE,
  EXPORTS_S3_ENDPOINT: OBJECT_STORE,
  MEDIA_S3_ENDPOINT: OBJECT_STORE,
  NOTIFICATIONS_SMTP_URL: ['TCP 25', 'TCP 465', 'TCP 587', 'TCP 2525'],
}

function waysOf(variable: string): string[] {
  if (variable === 'OTEL_EXPORTER_OTLP_ENDPOINT') return ['monitoring TCP 4318']
  const callee = serviceNames.find((name) => variable === `${name.toUpperCase()}_URL`)
  const ways = callee ? [`${callee} TCP 8080`] : SERVERS[variable]?.map((port) => `anywhere ${port}`)
  if (!ways) throw new Error(`${variable} names a server: which ports does it have?`)
  return ways
}

jest.setTimeout(300_000)

describe('the manifests for Kubernetes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mpics-manifests-'))
  const built = new Map<string, KubernetesObject[]>()
  let place: { folder: string; programs: string }

  beforeAll(async () => {
    place = { folder, programs: await pythonPrograms() }
    for (const overlay of OVERLAYS) built.set(overlay, await objectsOf(overlay, place))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const of = (overlay: string, kind: string) => built.get(overlay)!.filter((object) => object.kind === kind)
  const podOf = (overlay: string, job: string) =>
    of(overlay, 'CronJob').find(({ metadata }) => metadata.name === job)?.spec!.jobTemplate!.spec.template.spec
  const namesOf = (objects: KubernetesObject[]) => objects.map(({ metadata }) => metadata.name).sort()
  const services = [...serviceNames].sort()

  it.each(OVERLAYS)(
    `of %s are whole and hold no field that Kubernetes ${KUBERNETES} does not know`,
    async (overlay) => {
      const lines = await validate(built.get(overlay)!, KUBERNETES, place)
      expect(lines.filter((line) => !line.startsWith('INFO ') && !WITHOUT_SCHEMA.test(line))).toEqual([])
      expect(lines).toHaveLength(built.get(overlay)!.length)
      expect(namesOf(of(overlay, 'Deployment'))).toEqual(services)
    },
  )

  it.each(OVERLAYS)(
    'of %s let no pod reach or be reached by more than it names, and drain one pod at a time',
    (overlay) => {
      expect(namesOf(of(overlay, 'PodDisruptionBudget'))).toEqual(services)
      const policies = of(overlay, 'NetworkPolicy')
      expect(namesOf(policies)).toEqual(expect.arrayContaining(['default-deny', ...services]))
      const denial = policies.find(({ metadata }) => metadata.name === 'default-deny')
      expect(denial?.spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] })
      for (const { spec } of policies) for (const rule of spec?.egress ?? []) expect(rule).toHaveProperty('ports')
    },
  )

  it.each(OVERLAYS)('of %s let each service reach what its configuration names, and nothing else', async (overlay) => {
    const variables = await serviceVariables()
    const policies = of(overlay, 'NetworkPolicy')
    for (const service of serviceNames) {
      const wanted = variables[service].flatMap(({ name }) => (LEADS_AWAY.test(name) ? waysOf(name) : []))
      expect({ service, reached: reachedBy(service, policies) }).toEqual({
        service,
        reached: [...new Set([...NAMES, ...wanted])].sort(),
      })
    }
  })

  it.each(['staging', 'production'])('of %s say from where each image comes, and which release', (overlay) => {
    const jobs = of(overlay, 'CronJob').map(({ spec }) => spec!.jobTemplate!.spec.template.spec)
    const pods = [...of(overlay, 'Deployment'), ...of(overlay, 'Job')]
      .map(({ spec }) => spec!.template!.spec)
      .concat(jobs)
    const images = pods.flatMap(({ containers, initContainers = [] }) => [...containers, ...initContainers])
    expect(images.length).toBe(services.length + 5)
    for (const { image } of images)
      expect(image).toMatch(/^[\w.-]+\.[\w.-]+\/.+\/\w+:\d+\.\d+\.\d+(@sha256:[\da-f]{64})?$/)
  })

  it.each(['staging', 'production'])(
    'of %s rotate keys by a job that may read one Secret, and change no workload',
    (overlay) => {
      const [{ rules = [] } = {}, ...more] = of(overlay, 'Role')
      expect([more, of(overlay, 'ClusterRole'), of(overlay, 'RoleBinding').length]).toEqual([[], [], 1])
      expect(
        rules.map(({ resources, resourceNames = [], verbs }) => [...resources, ...resourceNames, ...verbs].join(' ')),
      ).toEqual(['secrets identity-signing-keys get patch', 'pods list', 'pods/eviction create'])
      expect(podOf(overlay, 'key-rotation')).toMatchObject({
        serviceAccountName: 'key-rotation',
        automountServiceAccountToken: false,
      })
      const identity = of(overlay, 'Deployment').find(({ metadata }) => metadata.name === 'identity')
      expect(identity!.spec!.template!.spec.containers[0]!.envFrom!.at(-1)).toEqual({
        secretRef: { name: 'identity-signing-keys', optional: true },
      })
      for (const { spec } of of(overlay, 'Deployment')) expect(spec!.template!.spec.serviceAccountName).toBeUndefined()
    },
  )

  it.each(['staging', 'production'])(
    'of %s make backups by a job that reaches databases and stores alone, and has no right in the cluster',
    (overlay) => {
      const backup = podOf(overlay, 'backup')!
      expect(backup.automountServiceAccountToken).toBe(false)
      expect(backup.serviceAccountName).toBeUndefined()
      for (const { envFrom } of [...backup.initContainers!, ...backup.containers])
        expect(envFrom).toEqual([{ secretRef: { name: 'backup' } }])
      const wanted = [...SERVERS['MONGODB_URI']!, ...SERVERS['MEDIA_S3_ENDPOINT']!].map((port) => `anywhere ${port}`)
      expect(reachedBy('backup', of(overlay, 'NetworkPolicy'), {})).toEqual([...NAMES, ...wanted].sort())
    },
  )

  it('and the recipe of the images have no finding of checkov but those that are kept with a reason', async () => {
    const programs = await pythonPrograms(undefined, 'checkov')
    const fileOf = (overlay: string) => join(folder, `${overlay}.yaml`)
    const failures = await failuresOf([...OVERLAYS.map(fileOf), DOCKERFILE], programs)
    const judged = (overlay: string) => [...failures.get(fileOf(overlay))!, ...failures.get(DOCKERFILE)!].sort()
    for (const overlay of ['staging', 'production']) expect(judged(overlay)).toEqual(keptFindings())
    // images of one machine are in no registry that could be asked for them
    expect(judged('local')).toEqual([...keptFindings(), 'CKV_K8S_15'].sort())
  })

  it('give media room for the pictures that it decodes at once', () => {
    const media = of('production', 'Deployment').find(({ metadata }) => metadata.name === 'media')
    const { volumes, containers } = media!.spec!.template!.spec
    expect(volumes).toContainEqual({ name: 'tmp', emptyDir: { sizeLimit: '1Gi' } })
    expect(containers[0]!.resources.limits['ephemeral-storage']).toBe('1280Mi')
  })

  it('are refused for a field of a wrong name or type, in patches too, and for one that is missing', async () => {
    const slipped = await slippedManifests(join(folder, 'slipped'), SLIPS)
    const objects = await objectsOf('production', place, slipped)
    const refused = (await validate(objects, KUBERNETES, place)).filter((line) => line.startsWith('ERROR ')).join('\n')
    for (const [, , , refusal] of SLIPS) expect(refused).toMatch(refusal)
  })
})

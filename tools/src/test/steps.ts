export interface Step {
  /** Printed, and what `--only` looks for. */
  name: string
  program: string
  args: string[]
  cwd?: string
  /** Its tests are counted one by one. */
  jest?: boolean
  /** Needs MongoDB, Kafka, S3 and mail. */
  servers?: boolean
}

const libs = ['contracts', 'mongo', 'eventing', 'service-kit']
const apps = ['identity', 'profiles', 'media', 'notifications', 'analytics', 'gateway']
const folderOf = (project: string) =>
  libs.includes(project) ? `libs/${project}` : project === 'tools' ? 'tools' : `apps/${project}`

const jest = (name: string, cwd: string, args: string[], servers = false): Step => ({
  name,
  program: 'jest',
  args,
  cwd,
  jest: true,
  servers,
})

const unit = (project: string): Step =>
  jest(`unit ${project}`, folderOf(project), ['--selectProjects', 'unit', '--passWithNoTests'])

const integration = (project: string): Step =>
  jest(
    `integration ${project}`,
    folderOf(project),
    ['--selectProjects', 'integration', '--passWithNoTests', '--runInBand'],
    true,
  )

const nx = (target: string): Step => ({
  name: target,
  program: 'nx',
  args: ['run-many', '-t', target, '--output-style=static'],
})

/** In the order in which they are run: what is quick and often wrong comes first. */
export const steps: Step[] = [
  nx('build'),
  nx('typecheck'),
  { ...nx('lint'), name: 'lint' },
  { name: 'lint workspace', program: 'npm', args: ['run', '-s', 'lint:workspace'] },
  { name: 'generated documents are current', program: 'node', args: ['tools/dist/generate/main.js', '--check'] },
  ...[...libs, ...apps, 'tools'].map(unit),
  ...['mongo', 'eventing', 'service-kit', ...apps, 'tools'].map(integration),
  jest('journeys', 'e2e', ['--selectProjects', 'journeys', '--passWithNoTests', '--runInBand'], true),
  jest('promises', 'e2e', ['--selectProjects', 'promises', '--passWithNoTests', '--runInBand'], true),
  jest('faults', 'e2e', ['--selectProjects', 'faults', '--passWithNoTests', '--runInBand'], true),
]

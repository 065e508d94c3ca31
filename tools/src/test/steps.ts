import { globSync } from 'node:fs'
import { join } from 'node:path'
import { projects, type Project } from './projects.js'

export interface Step {
  /** Printed, and what `--only` looks for. */
  name: string
  /** A program of node_modules/.bin, or of the machine. */
  program: string
  args: string[]
  cwd?: string
  /** Files of its tests, which are counted one by one; relative to `cwd`. Absent where it is no Jest. */
  tests?: string[]
}

export interface Section {
  title: string
  steps: Step[]
  concurrency: number
  /** They need MongoDB, Kafka, S3 and mail. */
  servers?: boolean
}

const jestStep = (name: string, cwd: string, project: string, tests: string[]): Step => ({
  name,
  program: 'jest',
  args: ['--selectProjects', project, '--passWithNoTests', '--runInBand'],
  cwd,
  tests,
})

const ofProject = ({ name, folder, tests, files }: Project) => jestStep(`${tests} ${name}`, folder, tests, files)

const ofE2e = (root: string, name: string) =>
  jestStep(
    name,
    'e2e',
    name,
    globSync(`${name}/**/*.e2e-spec.ts`, { cwd: join(root, 'e2e'), exclude: ['faults/matrix/**'] }).sort(),
  )

/** All projects in one go, their tests included. Set-up has built what runs. */
const types: Step = {
  name: 'types',
  program: 'node',
  args: ['node_modules/typescript-native/bin/tsc', '-b', '--checkers', '1', 'tsconfig.json'],
}

const lint: Step = { name: 'lint', program: 'npm', args: ['run', '-s', 'lint:sources'] }

/** In the order in which they are run: what is quick and often wrong comes first. */
export const sections = (root: string): Section[] => [
  {
    title: 'Sources',
    concurrency: 2,
    steps: [
      types,
      { name: 'lint workspace', program: 'npm', args: ['run', '-s', 'lint:workspace'] },
      { name: 'generated files are current', program: 'node', args: ['tools/dist/generate/main.js', '--check'] },
    ],
  },
  { title: 'Unit tests', concurrency: 2, steps: projects(root, 'unit').map(ofProject) },
  // the longest come first, or the last would run alone
  {
    title: 'Integration tests',
    concurrency: 2,
    servers: true,
    steps: projects(root, 'integration').reverse().map(ofProject),
  },
  {
    // faults have servers of their own to stop, and wait a third of their time
    title: 'The whole system, and its faults beside it',
    concurrency: 2,
    servers: true,
    steps: [...['faults', 'promises', 'journeys'].map((name) => ofE2e(root, name)), lint],
  },
  // alone: they compare how long people wait with and without an attack
  { title: 'Attacks', concurrency: 1, servers: true, steps: [ofE2e(root, 'attacks')] },
]

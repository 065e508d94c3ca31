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

const ofE2e = (root: string, name: string, folder = name) =>
  jestStep(
    name,
    'e2e',
    name,
    globSync(`${folder}/**/*.e2e-spec.ts`, {
      cwd: join(root, 'e2e'),
      exclude: OF_OTHERS.filter((other) => other !== `${folder}/**`),
    }).sort(),
  )

/** Run by a command of their own, or alone. */
const OF_OTHERS = ['faults/matrix/**', 'attacks/alone/**']

/** All projects in one go, their tests included. Set-up has built what runs. */
const types: Step = {
  name: 'types',
  program: 'node',
  args: ['node_modules/typescript-native/bin/tsc', '-b', '--checkers', '1', 'tsconfig.json'],
}

const lint: Step = { name: 'lint', program: 'npm', args: ['run', '-s', 'lint:sources'] }

const pythonEnvironments: Step = {
  name: 'Python environments',
  program: 'node',
  args: ['tools/dist/test/python-environments.js'],
}

/** Or the last would run alone. What is not named here takes less. */
const LONGEST = [
  ...['faults', 'promises', 'journeys', 'integration tools', 'integration identity', 'integration gateway'],
  ...['integration analytics', 'integration notifications', 'attacks', 'lint', 'integration mpics'],
  ...['integration eventing', 'integration media', 'integration testing'],
  ...['unit tools', 'unit media', 'unit contracts', 'unit eventing'],
]

function longestFirst(steps: Step[]): Step[] {
  const place = ({ name }: Step) => (LONGEST.includes(name) ? LONGEST.indexOf(name) : LONGEST.length)
  return steps.toSorted((a, b) => place(a) - place(b))
}

/** In the order in which they are run: what is quick and often wrong comes first. */
export const sections = (root: string): Section[] => [
  {
    title: 'Sources, and unit tests',
    concurrency: 2,
    steps: [
      types,
      pythonEnvironments,
      { name: 'lint workspace', program: 'npm', args: ['run', '-s', 'lint:workspace'] },
      { name: 'generated files are current', program: 'node', args: ['tools/dist/generate/main.js', '--check'] },
      ...longestFirst(projects(root, 'unit').map(ofProject)),
    ],
  },
  {
    // they wait for half of their time; each has databases, topics and ports of its own, and the faults have servers of their own to stop
    title: 'Integration tests, the whole system, and the linting beside them',
    concurrency: 3,
    servers: true,
    steps: longestFirst([
      ...['faults', 'promises', 'journeys', 'attacks'].map((name) => ofE2e(root, name)),
      ...projects(root, 'integration').map(ofProject),
      lint,
    ]),
  },
  // they look at how long people wait with and without an attack, and one of them fails by it
  {
    title: 'Attacks that run alone',
    concurrency: 1,
    servers: true,
    steps: [ofE2e(root, 'attacks-alone', 'attacks/alone')],
  },
]

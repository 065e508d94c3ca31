import { projects, type Project } from './projects.js'

export interface Step {
  /** Printed, and what `--only` looks for. */
  name: string
  /** A program of node_modules/.bin, or of the machine. */
  program: string
  args: string[]
  cwd?: string
  /** Its tests are counted one by one. */
  jest?: boolean
}

export interface Section {
  title: string
  steps: Step[]
  /** How many of its steps run side by side. */
  atOnce: number
  /** They need MongoDB, Kafka, S3 and mail. */
  servers?: boolean
}

const jest = (name: string, cwd: string, project: string): Step => ({
  name,
  program: 'jest',
  args: ['--selectProjects', project, '--passWithNoTests', '--runInBand'],
  cwd,
  jest: true,
})

const ofProject = ({ name, folder, tests }: Project) => jest(`${tests} ${name}`, folder, tests)

const nx = (target: string): Step => ({
  name: target,
  program: 'nx',
  args: ['run-many', '-t', target, '--output-style=static'],
})

/** In the order in which they are run: what is quick and often wrong comes first. */
export const sections = (root: string): Section[] => [
  {
    title: 'Sources',
    atOnce: 1,
    steps: [
      nx('build'),
      nx('typecheck'),
      nx('lint'),
      { name: 'lint workspace', program: 'npm', args: ['run', '-s', 'lint:workspace'] },
      { name: 'generated files are current', program: 'node', args: ['tools/dist/generate/main.js', '--check'] },
    ],
  },
  { title: 'Unit tests', atOnce: 2, steps: projects(root, 'unit').map(ofProject) },
  { title: 'Integration tests', atOnce: 2, servers: true, steps: projects(root, 'integration').map(ofProject) },
  {
    title: 'The whole system',
    atOnce: 1,
    servers: true,
    steps: ['journeys', 'promises', 'faults'].map((folder) => jest(folder, 'e2e', folder)),
  },
]

/** All of them; or, with words, each step whose name has every word: `--only integration media`. */
export const chosen = (all: Section[], words: string[]): Section[] =>
  all
    .map((section) => ({
      ...section,
      steps: section.steps.filter((s) => words.every((word) => s.name.includes(word))),
    }))
    .filter((section) => section.steps.length > 0)

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserFacingError } from '../environment/user-facing-error.js'
import type { Section, Step } from './steps.js'

export interface Choice {
  sections: Section[]
  /** One for each step of which only a part is run. */
  said: string[]
}

const stepsOf = (sections: readonly Section[]) => sections.flatMap(({ steps }) => steps)
const namesOf = (sections: readonly Section[]) =>
  stepsOf(sections)
    .map(({ name }) => name)
    .join(', ')

const keep = (sections: readonly Section[], change: (step: Step) => Step | undefined): Section[] =>
  sections
    .map((section) => ({ ...section, steps: section.steps.flatMap((step) => change(step) ?? []) }))
    .filter(({ steps }) => steps.length > 0)

/**
 * All steps; or, with words, each step whose name has every word. The last words may name no step: then they are part of the
 * name of a test's file, or else of a test's title. `integration identity registration`
 */
export function choose(root: string, all: Section[], words: readonly string[]): Choice {
  const named = leading(all, words)
  const rest = words.slice(named)
  const sections = keep(all, (step) =>
    words.slice(0, named).every((word) => step.name.includes(word)) ? step : undefined,
  )
  if (rest.length === 0) return { sections, said: [] }
  const narrowed = byFile(sections, rest) ?? byTitle(root, sections, rest.join(' '))
  if (!narrowed) throw unknown(all, sections, named, rest)
  const said = stepsOf(narrowed.sections).map(({ name, tests = [] }) => `${name}: ${tests.join(', ')}${narrowed.note}`)
  return { sections: narrowed.sections, said }
}

function leading(all: readonly Section[], words: readonly string[]): number {
  const isNamed = (count: number) =>
    stepsOf(all).some(({ name }) => words.slice(0, count).every((word) => name.includes(word)))
  let count = 0
  while (count < words.length && isNamed(count + 1)) count++
  return count
}

type Narrowed = { sections: Section[]; note: string } | undefined

const only = (step: Step, tests: string[], flags: string[] = []): Step | undefined =>
  tests.length ? { ...step, tests, args: [...step.args, ...flags, '--runTestsByPath', ...tests] } : undefined

const some = (sections: Section[], note: string): Narrowed => (sections.length ? { sections, note } : undefined)

function byFile(sections: readonly Section[], words: readonly string[]): Narrowed {
  const isMeant = (file: string) => words.every((word) => file.includes(word))
  return some(
    keep(sections, (step) => only(step, (step.tests ?? []).filter(isMeant))),
    '',
  )
}

function byTitle(root: string, sections: readonly Section[], title: string): Narrowed {
  const holds = (step: Step) => (file: string) => readFileSync(join(root, step.cwd ?? '', file), 'utf8').includes(title)
  const flags = ['-t', title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')]
  return some(
    keep(sections, (step) => only(step, (step.tests ?? []).filter(holds(step)), flags)),
    `, tests with “${title}”`,
  )
}

function unknown(all: Section[], sections: Section[], named: number, rest: readonly string[]): Error {
  const asked = rest.join(' ')
  if (named === 0)
    return new UserFacingError(`No step, file or test is called “${asked}”. The steps are: ${namesOf(all)}.`)
  const files = stepsOf(sections).flatMap(({ tests = [] }) => tests)
  return new UserFacingError(
    `No file or test of ${namesOf(sections)} is called “${asked}”. The files are: ${files.join(', ')}.`,
  )
}

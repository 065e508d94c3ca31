import type { JestReport } from './sum.js'

export interface TimedTest {
  step: string
  name: string
  seconds: number
}

export const timedTests = (step: string, { testResults = [] }: JestReport): TimedTest[] =>
  testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .map(({ fullName, duration }) => ({ step, name: fullName, seconds: (duration ?? 0) / 1000 }))

/** Where the time of a run went, the slowest first. */
export const slowest = (tests: readonly TimedTest[], count: number): string[] =>
  tests
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, count)
    .map(({ step, name, seconds }) => `${seconds.toFixed(1).padStart(7)} s  ${step}: ${name}`)

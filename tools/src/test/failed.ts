import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { JestReport } from './sum.js'

const MAX_LINES = 12
const MAX_CHARACTERS = 800

/** Each failed test with the beginning of its reason, for the end of a run: the whole output may be cut where it is read. */
export const failedTests = (step: string, root: string, { testResults = [] }: JestReport): string[] =>
  testResults.flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed')
    const where = `${step}: ${relative(root, name)}`
    if (!failed.length) return message ? [`${where}\n${beginning(message)}`] : []
    return failed.map(
      ({ fullName, failureMessages = [] }) => `${where}: ${fullName}\n${beginning(failureMessages.join('\n'))}`,
    )
  })

const beginning = (message: string): string =>
  stripVTControlCharacters(message)
    .slice(0, MAX_CHARACTERS)
    .split('\n')
    .slice(0, MAX_LINES)
    .map((line) => `    ${line}`.trimEnd())
    .join('\n')

import { relative } from 'node:path'

export interface ReportedFile {
  name: string
  assertionResults: { fullName: string; status: string }[]
}

export interface Shown {
  line: string
  file: string
  passed: boolean
}

const NUMBER = /\bB\d\d\.\d+\b/g

export const linesNamedIn = (title: string): string[] => title.match(NUMBER) ?? []

/** A test that was left out shows nothing; one that failed counts against its line. */
export function shownIn(root: string, files: readonly ReportedFile[]): Shown[] {
  const found = new Map<string, Shown>()
  for (const { name, assertionResults } of files)
    for (const { fullName, status } of assertionResults.filter(({ status }) => /passed|failed/.test(status)))
      for (const line of linesNamedIn(fullName)) {
        const file = relative(root, name)
        const passed = (found.get(`${line} ${file}`)?.passed ?? true) && status === 'passed'
        found.set(`${line} ${file}`, { line, file, passed })
      }
  return [...found.values()]
}

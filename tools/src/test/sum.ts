export interface Sum {
  passed: number
  failed: number
  skipped: number
}

/** The part of Jest's report that is counted. */
export interface JestReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  numRuntimeErrorTestSuites: number
  testResults?: { name: string; message?: string; assertionResults: ReportedTest[] }[]
}

interface ReportedTest {
  fullName: string
  status: string
  duration?: number | null
  failureMessages?: string[]
}

export const nothing: Sum = { passed: 0, failed: 0, skipped: 0 }

/** A step that only succeeds or fails is one check. */
export const oneCheck = (ok: boolean): Sum => ({ ...nothing, [ok ? 'passed' : 'failed']: 1 })

/** A file that could not be run is one failure, and so is a run that failed without naming any. */
export function ofReport(report: JestReport, ok: boolean): Sum {
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites
  return {
    passed: report.numPassedTests,
    failed: failed || (ok ? 0 : 1),
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/** A step that finds fewer test files than there are is no success: a pattern may have lost some. */
export const filesNotRun = (files: number, { testResults = [] }: JestReport): number =>
  Math.max(0, files - testResults.length)

export const plus = (a: Sum, b: Sum): Sum => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
})

export const formatSum = ({ passed, failed, skipped }: Sum): string =>
  `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`

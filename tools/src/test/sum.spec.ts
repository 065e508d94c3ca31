import { filesNotRun, nothing, ofReport, oneCheck, plus, formatSum } from './sum.js'

describe('the closing line', () => {
  const report = {
    numPassedTests: 5,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    numRuntimeErrorTestSuites: 0,
  }

  it('adds checks and tests', () => {
    const sum = [oneCheck(true), ofReport(report, true), oneCheck(false)].reduce(plus, nothing)
    expect(formatSum(sum)).toBe('6 passed, 1 failed')
  })

  it('counts a test file that could not be run, and a run that failed for no named reason', () => {
    expect(ofReport({ ...report, numRuntimeErrorTestSuites: 1 }, false).failed).toBe(1)
    expect(ofReport(report, false).failed).toBe(1)
  })

  it('tells of test files that were found and not run', () => {
    expect(filesNotRun(2, { ...report, testResults: [{ name: 'a', assertionResults: [] }] })).toBe(1)
    expect(filesNotRun(1, { ...report, testResults: [{ name: 'a', assertionResults: [] }] })).toBe(0)
  })

  it('names what was skipped', () => {
    expect(formatSum(ofReport({ ...report, numPendingTests: 1, numTodoTests: 1 }, true))).toBe(
      '5 passed, 0 failed, 2 skipped',
    )
  })
})

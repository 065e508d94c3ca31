import { failedTests } from './failed.js'

const report = {
  numPassedTests: 1,
  numFailedTests: 1,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 1,
  testResults: [
    {
      name: '/root/e2e/a.spec.ts',
      message: 'of the whole file',
      assertionResults: [
        { fullName: 'passes', status: 'passed' },
        { fullName: 'fails', status: 'failed', failureMessages: ['\u001B[31mwas 2\u001B[39m\n    at here'] },
      ],
    },
    { name: '/root/e2e/b.spec.ts', message: `cannot be read${'\n.'.repeat(50)}`, assertionResults: [] },
    { name: '/root/e2e/c.spec.ts', message: '', assertionResults: [] },
  ],
}

describe('the failed tests', () => {
  it('are told with their file and the beginning of the reason', () => {
    const [first, second, ...more] = failedTests('faults', '/root', report)
    expect(first).toBe('faults: e2e/a.spec.ts: fails\n    was 2\n        at here')
    expect(second).toMatch(/^faults: e2e\/b\.spec\.ts\n    cannot be read\n/)
    expect(second!.split('\n')).toHaveLength(13)
    expect(more).toEqual([])
  })
})

import { slowest, timedTests } from './slowest.js'

const report = {
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
  testResults: [
    {
      name: 'a',
      assertionResults: [
        { fullName: 'quick', status: 'passed', duration: 4 },
        { fullName: 'left out', status: 'pending', duration: null },
      ],
    },
    { name: 'b', assertionResults: [{ fullName: 'slow', status: 'passed', duration: 12_340 }] },
  ],
}

describe('the slowest tests', () => {
  it('are told with their step and time, the slowest first', () => {
    expect(slowest(timedTests('faults', report), 2)).toEqual(['   12.3 s  faults: slow', '    0.0 s  faults: quick'])
  })
})

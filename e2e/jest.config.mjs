import { tier } from '../jest.preset.mjs'

const FOLDERS = {
  journeys: ['journeys'],
  promises: ['promises'],
  faults: ['faults', 'faults/checker', 'faults/replay'],
  'fault-matrix': ['faults/matrix'],
  attacks: ['attacks'],
  'attacks-alone': ['attacks/alone'],
}

export default {
  testTimeout: 360_000,
  maxWorkers: 1,
  testSequencer: '<rootDir>/driver/shared-first.mjs',
  projects: Object.entries(FOLDERS).map(([name, folders]) => ({
    ...tier(
      name,
      folders.map((folder) => `<rootDir>/${folder}/*.e2e-spec.ts`),
    ),
    globalTeardown: '<rootDir>/driver/end-shared-system.mjs',
  })),
}

import { tier } from '../jest.preset.mjs'

export default {
  testTimeout: 180_000,
  maxWorkers: 1,
  projects: ['journeys', 'promises', 'faults', 'fault-matrix'].map((folder) =>
    tier(folder, [`<rootDir>/${folder}/**/*.e2e-spec.ts`]),
  ),
}

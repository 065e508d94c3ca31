// Our sources become CommonJS; packages are loaded by Node.
const swc = [
  '@swc/jest',
  {
    swcrc: false,
    jsc: {
      target: 'es2023',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      keepClassNames: true,
    },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  },
]

const pathOf = (file) => new URL(`libs/testing/${file}`, import.meta.url).pathname

// not imported: Jest runs them once, before the first integration test of a package, and after its last test
const requireServers = pathOf('setup/require-servers.mjs')
const tellWhatIsOpen = pathOf('setup/tell-what-is-open.mjs')

export const tier = (name, testMatch) => ({
  // one for all packages of a checkout: what one has transformed the others find
  id: import.meta.dirname,
  displayName: name,
  rootDir: process.cwd(),
  runtime: pathOf('jest/shared-packages.mjs'),
  testEnvironment: pathOf('jest/single-context.mjs'),
  testMatch,
  globalTeardown: tellWhatIsOpen,
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/out-tsc/'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testEnvironmentOptions: { customExportConditions: ['@mpics/source', 'node', 'node-addons'] },
  transform: { '^.+\\.m?[jt]s$': swc },
})

export default () => ({
  testTimeout: 240_000,
  projects: [
    tier('unit', ['<rootDir>/src/**/*.spec.ts']),
    { ...tier('integration', ['<rootDir>/test/**/*.int-spec.ts']), globalSetup: requireServers },
  ],
})

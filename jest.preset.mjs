// Sources are ES modules; inside Jest they, and every dependency that is published as ES modules only, become CommonJS.
const swc = (syntax) => [
  '@swc/jest',
  {
    swcrc: false,
    jsc: {
      target: 'es2023',
      parser: syntax === 'ts' ? { syntax: 'typescript', decorators: true } : { syntax: 'ecmascript' },
      transform:
        syntax === 'ts'
          ? { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false }
          : undefined,
      keepClassNames: true,
    },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  },
]

const esmOnly = [
  '@nestjs',
  '@mpics',
  'jose',
  'uuidv7',
  'file-type',
  'strtok3',
  'token-types',
  'uint8array-extras',
  '@tokenizer',
  '@borewit',
  'thumbhash',
  'rate-limiter-flexible',
  'opossum',
  'fastify-plugin',
  '@fastify',
  'commander',
  'markdown-it',
  'i18next',
  'mjml',
  'supertest',
  'lru-cache',
  'isbot',
  'content-disposition',
]

// not imported: Jest runs it once, before the first integration test of a package
const requireServers = new URL('libs/testing/setup/require-servers.mjs', import.meta.url).pathname

export const tier = (name, testMatch) => ({
  displayName: name,
  rootDir: process.cwd(),
  testEnvironment: 'node',
  testMatch,
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/out-tsc/'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testEnvironmentOptions: { customExportConditions: ['@mpics/source', 'node', 'node-addons'] },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  transform: { '^.+\\.ts$': swc('ts'), '^.+\\.m?js$': swc('js') },
})

export default () => ({
  testTimeout: 60_000,
  projects: [
    tier('unit', ['<rootDir>/src/**/*.spec.ts']),
    { ...tier('integration', ['<rootDir>/test/**/*.int-spec.ts']), globalSetup: requireServers },
  ],
})

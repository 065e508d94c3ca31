import { defineConfig } from 'oxlint'

const errors = (names: string) => Object.fromEntries(names.split(/\s+/).map((name) => [name, 'error' as const]))
const off = (names: string) => Object.fromEntries(names.split(/\s+/).map((name) => [name, 'off' as const]))

const only = (packages: string[], where: string) => ({
  group: packages,
  message: `Only ${where} may know ${packages.join(', ')}.`,
})
const kafkajs = only(['kafkajs', 'kafkajs/*'], 'libs/eventing')
const mongoose = only(['mongoose'], '*.repository.ts, libs/mongo and libs/eventing')
const minio = only(['minio'], 'libs/object-store')
const nodemailer = only(['nodemailer'], 'apps/notifications')
const pure = only(['@nestjs/*', 'mongoose', 'rxjs'], 'what surrounds an aggregate')
const restrict = (...patterns: ReturnType<typeof only>[]) => ({
  'no-restricted-imports': ['error', { patterns }] as ['error', object],
})

const ofJavaScript = errors(
  `constructor-super for-direction getter-return no-async-promise-executor no-case-declarations no-class-assign no-compare-neg-zero
  no-cond-assign no-const-assign no-constant-binary-expression no-constant-condition no-control-regex no-debugger no-delete-var
  no-dupe-class-members no-dupe-else-if no-dupe-keys no-duplicate-case no-empty no-empty-character-class no-empty-pattern
  no-empty-static-block no-ex-assign no-extra-boolean-cast no-fallthrough no-func-assign no-global-assign no-import-assign
  no-invalid-regexp no-irregular-whitespace no-loss-of-precision no-misleading-character-class no-new-native-nonconstructor
  no-nonoctal-decimal-escape no-obj-calls no-prototype-builtins no-redeclare no-regex-spaces no-self-assign no-setter-return
  no-shadow-restricted-names no-sparse-arrays no-this-before-super no-unassigned-vars no-undef no-unreachable no-unsafe-finally
  no-unsafe-negation no-unsafe-optional-chaining no-unused-labels no-unused-private-class-members no-unused-vars no-useless-assignment
  no-useless-backreference no-useless-catch no-useless-escape no-with preserve-caught-error require-yield use-isnan valid-typeof`,
)

const ofTypeScript = errors(
  `no-array-constructor no-unused-expressions no-var prefer-const prefer-rest-params prefer-spread
  typescript/await-thenable typescript/ban-ts-comment typescript/no-array-delete typescript/no-base-to-string
  typescript/no-duplicate-enum-values typescript/no-duplicate-type-constituents typescript/no-empty-object-type typescript/no-explicit-any
  typescript/no-extra-non-null-assertion typescript/no-floating-promises typescript/no-for-in-array typescript/no-implied-eval
  typescript/no-misused-new typescript/no-misused-promises typescript/no-namespace typescript/no-non-null-asserted-optional-chain
  typescript/no-redundant-type-constituents typescript/no-require-imports typescript/no-this-alias
  typescript/no-unnecessary-type-assertion typescript/no-unnecessary-type-constraint typescript/no-unsafe-declaration-merging
  typescript/no-unsafe-enum-comparison typescript/no-unsafe-function-type typescript/no-unsafe-unary-minus
  typescript/no-wrapper-object-types typescript/only-throw-error typescript/prefer-as-const typescript/prefer-namespace-keyword
  typescript/prefer-promise-reject-errors typescript/restrict-plus-operands typescript/restrict-template-expressions
  typescript/triple-slash-reference typescript/unbound-method`,
)

const UNSAFE = `typescript/no-unsafe-argument typescript/no-unsafe-assignment typescript/no-unsafe-call typescript/no-unsafe-member-access
  typescript/no-unsafe-return`

export default defineConfig({
  plugins: ['typescript'],
  categories: { correctness: 'off' },
  options: { typeAware: true, denyWarnings: true, reportUnusedDisableDirectives: 'error' },
  // the compiler judges `clients/typescript` by types that are generated when it runs
  ignorePatterns: [
    '**/{dist,out-tsc,coverage,node_modules}/**',
    '.nx/**',
    '.cache/**',
    '.data/**',
    'e2e/clients/typescript/**',
  ],
  overrides: [
    { files: ['**/*.{js,mjs,cjs}'], rules: ofJavaScript, env: { node: true } },
    { files: ['apps/gateway/assets/**/*.js'], env: { browser: true } },
    {
      files: ['**/*.ts'],
      rules: {
        ...ofTypeScript,
        ...errors(UNSAFE),
        'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
        'no-restricted-properties': [
          'error',
          { object: 'process', property: 'env', message: 'Configuration is read where it is defined: config.ts.' },
          {
            property: 'createIndexes',
            message: 'makeIndexes of @mpics/mongo also changes the ages of those that are there.',
          },
        ],
        ...restrict(kafkajs, mongoose, minio, nodemailer),
      },
    },
    { files: ['libs/eventing/**/*.ts'], rules: restrict(minio, nodemailer) },
    {
      files: ['**/*.repository.ts', 'libs/mongo/**/*.ts', 'libs/testing/**/*.ts'],
      rules: restrict(kafkajs, minio, nodemailer),
    },
    { files: ['libs/object-store/**/*.ts'], rules: restrict(kafkajs, mongoose, nodemailer) },
    { files: ['apps/notifications/**/*.ts'], rules: restrict(kafkajs, mongoose, minio) },
    { files: ['apps/notifications/**/*.repository.ts'], rules: restrict(kafkajs, minio) },
    {
      files: ['apps/*/src/**/{account,session,consent,policy,profile,follow,photo,email,page-views}.ts'],
      rules: restrict(pure, kafkajs, mongoose, minio, nodemailer),
    },
    // a reference is the bare library by definition
    { files: ['tools/src/bench/references/**/*.ts'], rules: off('no-restricted-imports') },
    {
      files: [
        '**/config.ts',
        'libs/mongo/src/make-indexes.ts',
        'libs/service-kit/**/*.ts',
        'libs/testing/**/*.ts',
        'tools/**/*.ts',
        'apps/mpics/**/*.ts',
        'e2e/**/*.ts',
        '**/*.spec.ts',
        '**/*.int-spec.ts',
        '**/test/**/*.ts',
      ],
      rules: off('no-restricted-properties'),
    },
    {
      files: [
        '**/*.spec.ts',
        '**/*.int-spec.ts',
        '**/test/**/*.ts',
        'e2e/**/*.ts',
        'libs/testing/**/*.ts',
        'tools/**/*.ts',
      ],
      rules: off(UNSAFE),
    },
  ],
})

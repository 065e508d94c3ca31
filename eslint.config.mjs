import js from '@eslint/js'
import nx from '@nx/eslint-plugin'
import prettier from 'eslint-config-prettier'
import globals from 'globals'
import tseslint from 'typescript-eslint'

const only = (packages, where) => ({ group: packages, message: `Only ${where} may know ${packages.join(', ')}.` })
const kafkajs = only(['kafkajs', 'kafkajs/*'], 'libs/eventing')
const mongoose = only(['mongoose'], '*.repository.ts, libs/mongo and libs/eventing')
const minio = only(['minio'], 'libs/object-store')
const nodemailer = only(['nodemailer'], 'apps/notifications')
const pure = only(['@nestjs/*', 'mongoose', 'rxjs'], 'what surrounds an aggregate')
const restrict = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] })

export default tseslint.config(
  {
    // the compiler judges `clients/typescript` by types that are generated when it runs
    ignores: [
      '**/{dist,out-tsc,coverage,node_modules}/**',
      '.nx/**',
      '.cache/**',
      '.data/**',
      'e2e/clients/typescript/**',
    ],
  },
  { files: ['**/*.{js,mjs,cjs}'], ...js.configs.recommended, languageOptions: { globals: globals.node } },
  { files: ['apps/gateway/assets/**/*.js'], languageOptions: { globals: globals.browser, sourceType: 'script' } },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    plugins: { '@nx': nx },
    languageOptions: { parserOptions: { project: './tsconfig.lint.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@nx/enforce-module-boundaries': [
        'error',
        {
          enforceBuildableLibDependency: false,
          allow: [],
          depConstraints: [
            { sourceTag: 'scope:contracts', onlyDependOnLibsWithTags: [] },
            { sourceTag: 'type:app', onlyDependOnLibsWithTags: ['type:lib'] },
            { sourceTag: 'type:lib', onlyDependOnLibsWithTags: ['type:lib'] },
            { sourceTag: 'type:tools', onlyDependOnLibsWithTags: ['type:lib'] },
            { sourceTag: 'type:e2e', onlyDependOnLibsWithTags: ['*'] },
          ],
        },
      ],
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
  { files: ['tools/src/bench/references/**/*.ts'], rules: { 'no-restricted-imports': 'off' } },
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
    rules: { 'no-restricted-properties': 'off' },
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
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
    },
  },
  prettier,
)

// The import rules of STYLE_GUIDE.md, across files. All are errors.
const onlyFrom = (name, package_, from) => ({
  name,
  severity: 'error',
  from: { path: '^(apps|libs|tools|e2e)/', pathNot: from },
  to: { path: `(^|/)node_modules/${package_}/`, dependencyTypesNot: ['type-only'] },
})

const PROJECT = '^((?:apps|libs)/[^/]+|tools|e2e)/'

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'apps-import-only-libs',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^(apps|tools|e2e)/', pathNot: '^apps/$1/' },
    },
    {
      name: 'libs-and-tools-import-only-libs',
      severity: 'error',
      from: { path: '^(libs|tools)/' },
      to: { path: '^(apps|e2e)/' },
    },
    {
      name: 'libs-never-import-tools',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^tools/' },
    },
    {
      name: 'other-projects-by-their-names',
      severity: 'error',
      comment: 'A path is local; a name is undetermined, or local and aliased, too.',
      from: { path: PROJECT },
      to: {
        path: '^(apps|libs|tools|e2e)/',
        pathNot: '^$1/',
        dependencyTypes: ['local'],
        dependencyTypesNot: ['aliased'],
      },
    },
    {
      name: 'own-files-by-their-paths',
      severity: 'error',
      from: { path: PROJECT },
      to: { path: '^$1/', dependencyTypes: ['undetermined', 'aliased'] },
    },
    {
      name: 'contracts-import-nothing-of-ours',
      severity: 'error',
      from: { path: '^libs/contracts/src/' },
      to: { path: '^(apps|libs/(?!contracts)|tools|e2e)/' },
    },
    onlyFrom('kafkajs-only-in-eventing', 'kafkajs', '^libs/eventing/|^tools/src/bench/references/'),
    onlyFrom(
      'mongoose-only-in-repositories',
      'mongoose',
      '\\.repository\\.ts$|^libs/(mongo|eventing|testing)/|^tools/src/bench/|/test/',
    ),
    onlyFrom(
      'minio-only-in-object-store',
      'minio',
      '^libs/object-store/|^apps/media/test/|^tools/src/bench/references/',
    ),
    {
      name: 'strangers-files-only-in-the-decoder',
      comment: 'What parses them is loaded by decoding processes alone.',
      severity: 'error',
      from: { path: '^apps/[^/]+/src/', pathNot: '^apps/media/src/decoder/|\\.spec\\.ts$' },
      to: {
        path: '(^|/)node_modules/(sharp|file-type|exifr|thumbhash)/|^apps/media/src/decoder/(?!jobs\\.ts$)',
        dependencyTypesNot: ['type-only'],
      },
    },
    onlyFrom('nodemailer-only-in-notifications', 'nodemailer', '^apps/notifications/|^tools/src/bench/references/'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|out-tsc)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      conditionNames: ['@mpics/source', 'import', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
}

import { serviceNames } from '@mpics/contracts'
import { addLine } from './insert.js'
import { pascal } from './names.js'
import type { Workspace } from './workspace.js'

const LIBS = ['contracts', 'eventing', 'mongo', 'service-kit']

/** The application's folder, and its place among the others. */
export function addApplication(workspace: Workspace, name: string): void {
  const folder = `apps/${name}`
  for (const [path, text] of Object.entries(files(name))) workspace.create(`${folder}/${path}`, text)
  workspace.link(name, folder)
  workspace.change('package-lock.json', (text) => lockedWith(text, name))
  workspace.change('tsconfig.json', (text) => {
    const config = JSON.parse(text) as { references: { path: string }[] }
    const last = config.references.findLastIndex(({ path }) => path.startsWith('apps/'))
    return JSON.stringify(
      { ...config, references: config.references.toSpliced(last + 1, 0, { path: folder }) },
      null,
      2,
    )
  })
  workspace.change('.vscode/launch.json', (text) => debuggedWith(text, name))
  workspace.change('docs/architecture.md', (text) =>
    addLine(
      text,
      new RegExp(`^\\| ${serviceNames.at(-1)} `),
      () => `| ${name} | [to be told](../apps/${name}/README.md) | nothing yet |`,
    ),
  )
}

const json = (value: object) => JSON.stringify(value, null, 2)

const files = (name: string): Record<string, string> => ({
  'README.md': `# ${name}\n\nTo be written: what the service is for, and which parts of the policy it carries out.\n`,
  'jest.config.mjs': `import preset from '../../jest.preset.mjs'\n\nexport default preset('${name}')\n`,
  'package.json': json({
    name: `@mpics/${name}`,
    version: '0.1.0',
    private: true,
    type: 'module',
    dependencies: Object.fromEntries(LIBS.map((lib) => [`@mpics/${lib}`, '*'])),
    nx: { targets: { build: {}, typecheck: {}, lint: {} } },
  }),
  'tsconfig.json': json({
    files: [],
    references: [{ path: './tsconfig.build.json' }, { path: './tsconfig.spec.json' }],
  }),
  ...typescript,
  'src/main.ts': `import { start } from '@mpics/service-kit'
import { ${pascal(name)}Config } from './config.js'
import { ${pascal(name)}Module } from './${name}.module.js'

await start(${pascal(name)}Module, ${pascal(name)}Config)
`,
  'src/config.ts': `import { commonConfig, defineConfig } from '@mpics/service-kit'

export class ${pascal(name)}Config extends defineConfig(commonConfig) {}
`,
  [`src/${name}.module.ts`]: `import { ServiceKitModule } from '@mpics/service-kit'
import { Module } from '@nestjs/common'
import { ${pascal(name)}Config } from './config.js'

@Module({ imports: [ServiceKitModule.forRoot(${pascal(name)}Config)] })
export class ${pascal(name)}Module {}
`,
  [`test/${name}.int-spec.ts`]: integrationTest(name),
})

const reference = (path: string) => ({ path })
const libs = LIBS.map((lib) => reference(`../../libs/${lib}/tsconfig.build.json`))
const typescript = {
  'tsconfig.build.json': json({
    extends: '../../tsconfig.base.json',
    compilerOptions: { rootDir: 'src', outDir: 'dist', tsBuildInfoFile: 'dist/tsconfig.build.tsbuildinfo' },
    references: libs,
    include: ['src/**/*.ts'],
    exclude: ['src/**/*.spec.ts'],
  }),
  'tsconfig.spec.json': json({
    extends: '../../tsconfig.base.json',
    compilerOptions: { rootDir: '.', outDir: 'out-tsc/spec', emitDeclarationOnly: true, types: ['node', 'jest'] },
    references: [reference('./tsconfig.build.json'), ...libs, reference('../../libs/testing/tsconfig.build.json')],
    include: ['src/**/*.spec.ts', 'test/**/*.ts'],
  }),
}

const integrationTest = (name: string) => `import { Health } from '@mpics/service-kit'
import { type TestService, testService } from '@mpics/testing'
import { ${pascal(name)}Config } from '../src/config.js'
import { ${pascal(name)}Module } from '../src/${name}.module.js'

describe('${name}', () => {
  let service: TestService
  beforeAll(async () => {
    service = await testService(${pascal(name)}Module, ${pascal(name)}Config)
  })
  afterAll(() => service.stop())

  it('starts, and is ready', async () => {
    expect((await service.get(Health).ready()).ok).toBe(true)
  })
})
`

/** Adds what `npm install` would. */
function lockedWith(text: string, name: string): string {
  const lock = JSON.parse(text) as { packages: Record<string, object> }
  const dependencies = Object.fromEntries(LIBS.map((lib) => [`@mpics/${lib}`, '*']))
  const added = {
    [`apps/${name}`]: { name: `@mpics/${name}`, version: '0.1.0', dependencies },
    [`node_modules/@mpics/${name}`]: { resolved: `apps/${name}`, link: true },
  }
  for (const [path, entry] of Object.entries(added)) lock.packages = inserted(lock.packages, path, entry)
  return `${json(lock)}\n`
}

/** Keeps the order in which npm lists packages. */
function inserted(packages: Record<string, object>, path: string, entry: object): Record<string, object> {
  const entries = Object.entries(packages)
  const after = entries.findIndex(([other]) => other !== '' && other.localeCompare(path, 'en') > 0)
  return Object.fromEntries(entries.toSpliced(after < 0 ? entries.length : after, 0, [path, entry]))
}

/** One more port for a debugger, after those of the other services. */
function debuggedWith(text: string, name: string): string {
  const launch = JSON.parse(text) as { configurations: { name: string; port?: number }[] }
  const last = serviceNames.at(-1)!
  const at = launch.configurations.findIndex((one) => one.name.includes(`npm run dev -- ${last})`))
  const like = launch.configurations[at]
  if (!like?.port) throw new Error(`it has no configuration for ${last}.`)
  const own = { ...like, name: like.name.replaceAll(last, name), port: like.port + 1 }
  return json({ ...launch, configurations: launch.configurations.toSpliced(at + 1, 0, own) })
}

import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { nodeProgram, root } from '../environment/root.js'

const PACKAGE = JSON.stringify({
  name: '@mpics/mongo',
  type: 'module',
  exports: { '.': { '@mpics/source': './src/index.ts' } },
})
const IMPORTS = {
  'tools/src/by-name.ts': '@mpics/mongo',
  'tools/src/by-path.ts': '../../libs/mongo/src/index.js',
  'libs/mongo/src/own-by-name.ts': '@mpics/mongo',
  'libs/mongo/src/own-by-path.ts': './index.js',
}

describe('imports', () => {
  let tree: string
  beforeAll(() => {
    tree = mkdtempSync(join(tmpdir(), 'mpics-imports-'))
    const sources = Object.entries(IMPORTS).map(([path, from]) => [path, `import '${from}'\n`] as const)
    const files = { 'libs/mongo/package.json': PACKAGE, 'libs/mongo/src/index.ts': '', 'tools/package.json': '{}' }
    for (const [path, text] of [...Object.entries(files), ...sources]) {
      mkdirSync(dirname(join(tree, path)), { recursive: true })
      writeFileSync(join(tree, path), text)
    }
    for (const file of ['.dependency-cruiser.cjs', 'tsconfig.base.json', 'package.json'])
      cpSync(join(root, file), join(tree, file))
    mkdirSync(join(tree, 'node_modules/@mpics'), { recursive: true })
    symlinkSync('../../libs/mongo', join(tree, 'node_modules/@mpics/mongo'))
  })
  afterAll(() => rmSync(tree, { recursive: true }))

  it('are by name of other projects, and by path of the own', () => {
    const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
    const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'libs', 'tools']
    const { stdout } = spawnSync(nodeProgram(), [cruiser, ...args], { cwd: tree, encoding: 'utf8' })
    const { violations } = (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary
    expect(violations.map(({ from, rule }) => [from, rule.name]).sort()).toEqual([
      ['libs/mongo/src/own-by-name.ts', 'own-files-by-their-paths'],
      ['tools/src/by-path.ts', 'other-projects-by-their-names'],
    ])
  })
})

interface Violation {
  from: string
  rule: { name: string }
}

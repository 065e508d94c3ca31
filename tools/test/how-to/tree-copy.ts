import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { nodeProgram } from '../../src/environment/root.js'

const NOBODY = ['-c', 'user.name=how-to', '-c', 'user.email=how-to@example.org']
const NOT_COPIED = ['node_modules', 'out-tsc', 'coverage', '.git', '.nx', '.cache', '.data']
const isCopied = (path: string) => !NOT_COPIED.includes(basename(path))
/** The compiler is written in Go: a fifth less work for a little more memory. */
const COMPILER = { GOGC: '400' }
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024

/** A copy of the workspace with its builds, and with a repository of its own that knows what was changed in it. */
export class TreeCopy {
  private constructor(readonly folder: string) {}

  /** `folder` is below the root, so that a package that a copy links to still finds its own. */
  static make(root: string, folder: string): TreeCopy {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    for (const name of readdirSync(root).filter(isCopied))
      cpSync(join(root, name), join(folder, name), { recursive: true, preserveTimestamps: true, filter: isCopied })
    linkPackages(join(root, 'node_modules'), join(folder, 'node_modules'))
    const tree = new TreeCopy(folder)
    tree.git('init', '-q')
    tree.commit()
    return tree
  }

  run(program: 'node' | 'jest', args: readonly string[], cwd = ''): string {
    const jest = program === 'jest' ? [join(this.folder, 'node_modules/jest/bin/jest.js')] : []
    try {
      return execFileSync(nodeProgram(), [...jest, ...args], {
        cwd: join(this.folder, cwd),
        encoding: 'utf8',
        stdio: 'pipe',
        env: { ...process.env, ...COMPILER },
        maxBuffer: MAX_OUTPUT_BYTES,
      })
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string }
      throw new Error(`${program} ${args.join(' ')} in ${cwd || 'the copy'} failed:\n${stdout}\n${stderr}`)
    }
  }

  edit(path: string, change: (text: string | undefined) => string): void {
    const file = join(this.folder, path)
    const text = existsSync(file) ? readFileSync(file, 'utf8') : undefined
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, change(text))
  }

  /** Since the last commit. */
  changedFiles(): string[] {
    return this.git('status', '--porcelain', '-uall')
      .split('\n')
      .flatMap((line) => line.slice(3) || [])
  }

  commit(): void {
    this.git('add', '-A')
    this.git('commit', '-q', '--allow-empty', '-m', 'step')
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  private git(...args: string[]): string {
    return execFileSync('git', [...NOBODY, ...args], { cwd: this.folder, encoding: 'utf8', stdio: 'pipe' })
  }
}

/** Links to every package but ours, which are those of the copy. Set-up may rewrite its stamp in the copy alone. */
function linkPackages(from: string, to: string): void {
  mkdirSync(to)
  for (const name of readdirSync(from).filter((entry) => entry !== '.installed-lock' && entry !== '@mpics'))
    symlinkSync(join(from, name), join(to, name))
  cpSync(join(from, '@mpics'), join(to, '@mpics'), { recursive: true, verbatimSymlinks: true })
}

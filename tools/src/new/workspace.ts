import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { UserFacingError } from '../environment/user-facing-error.js'
import { formattingAt } from './formatted.js'

/** Collects what a generator writes, and formats it first, so that one that is refused has written nothing. */
export class Workspace {
  private readonly texts = new Map<string, string>()
  private readonly made = new Set<string>()
  private readonly last: (() => void)[] = []

  constructor(private readonly root: string) {}

  exists(path: string): boolean {
    return this.texts.has(path) || existsSync(join(this.root, path))
  }

  read(path: string): string {
    const text = this.texts.get(path)
    if (text !== undefined) return text
    if (!this.exists(path)) throw new UserFacingError(`${path} is not there: the generator does not know this tree.`)
    return readFileSync(join(this.root, path), 'utf8')
  }

  create(path: string, text: string): void {
    if (this.exists(path)) throw new UserFacingError(`${path} is there already: choose another name.`)
    this.texts.set(path, text)
    this.made.add(path)
  }

  /** `edit` says with an error what it did not find; the path is put before it. */
  change(path: string, edit: (text: string) => string): void {
    const text = this.read(path)
    try {
      this.texts.set(path, edit(text))
    } catch (error) {
      throw new UserFacingError(`${path}: ${(error as Error).message}`)
    }
  }

  /** A link of node_modules to a package of ours, as npm makes it. */
  link(name: string, folder: string): void {
    const path = join(this.root, 'node_modules/@mpics', name)
    this.last.push(() => existsSync(path) || symlinkSync(join('../..', folder), path))
  }

  /** Runs a script of the workspace when everything is written. */
  run(script: string): void {
    this.last.push(() => execFileSync(process.execPath, [join(this.root, script)], { stdio: 'inherit' }))
  }

  /** Returns a line for each file. */
  async save(): Promise<string[]> {
    const format = formattingAt(this.root)
    const formatted = [...this.texts].map(async ([path, text]) => [path, await format(path, text)] as const)
    for (const [path, text] of await Promise.all(formatted)) {
      const file = join(this.root, path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, text)
    }
    for (const act of this.last) act()
    return [...this.texts.keys()].map((path) => `${this.made.has(path) ? 'made   ' : 'changed'} ${path}`)
  }
}

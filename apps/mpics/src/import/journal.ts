import { appendFile, readFile } from 'node:fs/promises'

/** What of a zip is in an account already, in a file beside the zip, so that another run goes on there. */
export class Journal {
  private constructor(
    private readonly path: string,
    private readonly done: Set<string>,
  ) {}

  static async open(zip: string, accountId: string): Promise<Journal> {
    const path = `${zip}.${accountId}.imported`
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return ''
      throw error
    })
    return new Journal(path, new Set(text.split('\n').filter(Boolean)))
  }

  get isBegun(): boolean {
    return this.done.size > 0
  }

  has(what: string): boolean {
    return this.done.has(what)
  }

  async add(what: string): Promise<void> {
    await appendFile(this.path, `${what}\n`, { flush: true })
    this.done.add(what)
  }
}

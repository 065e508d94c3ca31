import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { execa, ExecaError } from 'execa'
import { ClearError } from './clear-error.js'

/** One cache for all checkouts of a person: what is fetched is pinned, so it can be shared. */
export const cacheFolder = (env: NodeJS.ProcessEnv = process.env): string =>
  env['MPICS_CACHE'] ?? join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'million-pictures')

/**
 * A folder made by `make`, once: built beside its place and renamed into it, so that an interrupted download is never taken
 * for a whole one. `stamp` names what is in it: another stamp is fetched anew.
 */
export async function fetched(name: string, stamp: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(cacheFolder(), name)
  if ((await readFile(join(folder, '.stamp'), 'utf8').catch(() => '')) === stamp) return folder
  const building = `${folder}.${randomUUID()}`
  await mkdir(building, { recursive: true })
  try {
    await make(building)
    await writeFile(join(building, '.stamp'), stamp)
    await rm(folder, { recursive: true, force: true })
    await rename(building, folder)
  } catch (error) {
    await rm(building, { recursive: true, force: true })
    throw error
  }
  return folder
}

const APT: Record<string, string> = {
  java: 'openjdk-17-jre-headless',
  mvn: 'maven',
  go: 'golang-go',
  python3: 'python3 python3-pip',
  unzip: 'unzip',
}

/** Runs a program of the machine; what is missing, or failed, is said in one sentence with the way out. */
export async function run(
  program: string,
  args: string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; what: string },
): Promise<string> {
  try {
    const { stdout } = await execa(program, args, { cwd: options.cwd, env: options.env })
    return stdout
  } catch (error) {
    if (error instanceof ExecaError && error.code === 'ENOENT')
      throw new ClearError(
        `${program} is missing; it is needed to ${options.what}. On Debian: apt-get install -y ${APT[program] ?? program}`,
      )
    const said =
      error instanceof ExecaError
        ? String(error.stderr || error.stdout)
            .trim()
            .split('\n')
            .slice(-5)
            .join('\n')
        : String(error)
    throw new ClearError(
      `Could not ${options.what}: ${program} said\n${said}\nIs the registry reachable? What is already fetched is kept; try again.`,
    )
  }
}

export async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

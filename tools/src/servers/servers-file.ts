import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { asEnvironment, type StackAddresses } from '../environment/servers/addresses.js'

/** The variables of these servers, as a shell reads them. */
export const exportsOf = (addresses: StackAddresses): string =>
  Object.entries(asEnvironment(addresses))
    .map(([name, value]) => `export ${name}='${value}'\n`)
    .join('')

/** Where tests find servers that are kept up for them. */
export class ServersFile {
  constructor(readonly path: string) {}

  write(addresses: StackAddresses): void {
    mkdirSync(dirname(this.path), { recursive: true })
    writeFileSync(this.path, exportsOf(addresses), { mode: 0o600 })
  }

  read(): string | undefined {
    try {
      return readFileSync(this.path, 'utf8')
    } catch {
      return undefined
    }
  }

  remove(): void {
    rmSync(this.path, { force: true })
  }
}

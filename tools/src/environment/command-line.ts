import { parseArgs, type ParseArgsConfig } from 'node:util'

/** What this process was called with. `--help` prints the usage and ends with 0; what `config` does not know ends with 2. */
export function commandLine<const Config extends ParseArgsConfig>(usage: string, config: Config) {
  if (process.argv.includes('--help')) {
    console.log(usage)
    process.exit(0)
  }
  try {
    return parseArgs(config)
  } catch (error) {
    if (!(error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))) throw error
    console.error(`${error.message}\n${usage}`)
    process.exit(2)
  }
}

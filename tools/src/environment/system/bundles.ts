import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { nodeProgram, root } from '../root.js'
import { UserFacingError } from '../user-facing-error.js'
import { serviceNames } from './services.js'

let made: Promise<void> | undefined

/** Once a process: each service as one file, made anew if what is built has changed. */
export const madeBundles = (): Promise<void> => (made ??= make())

async function make(): Promise<void> {
  const recipe = join(root, 'tools/bin/bundle.mjs')
  await promisify(execFile)(nodeProgram(), [recipe, ...serviceNames], { cwd: root }).catch((error: Error) => {
    throw new UserFacingError(
      `A service is not built as it should be. Run \`npm run build\` and try again.\n${error.message}`,
    )
  })
}

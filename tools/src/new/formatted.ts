import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, type Oxfmtrc } from 'oxfmt'
import { UserFacingError } from '../environment/user-facing-error.js'

const FORMATTED = /\.(css|js|json|md|mjs|ts|yaml)$/

/** Returns the text as `npm run format` would leave it; files that it ignores, or whose kind it does not know, stay as they are. */
export function formattingAt(root: string): (path: string, text: string) => Promise<string> {
  const config = JSON.parse(readFileSync(join(root, '.oxfmtrc.json'), 'utf8')) as Oxfmtrc
  const { ignorePatterns = [], ...options } = config
  return async (path, text) => {
    if (!FORMATTED.test(path) || ignorePatterns.some((pattern) => path.startsWith(pattern))) return text
    const { code, errors } = await format(path, text, options)
    if (errors.length > 0)
      throw new UserFacingError(`${path} cannot be formatted: ${errors.map(({ message }) => message).join('; ')}.`)
    return code
  }
}

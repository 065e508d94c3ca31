import { emailKeyOf, trimmed } from '@mpics/contracts'
import { handleKeyOf } from '../accounts/handle.js'

export const isEmail = (name: string): boolean => name.includes('@')

/** The key of a handle or an address as people type them: phones add blanks, and the site itself writes an @ before handles. */
export function loginKeyOf(login: string): string {
  const name = trimmed(login).replace(/^[@\uFF20](?=[^@]*$)/, '')
  return isEmail(name) ? emailKeyOf(name) : handleKeyOf(name)
}

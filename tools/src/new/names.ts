import { type ServiceName, serviceNames } from '@mpics/contracts'
import { UserFacingError } from '../environment/user-facing-error.js'

const WORDS = /^[a-z][a-z\d]*(-[a-z\d]+)*$/

/** Words in lower case, joined by hyphens. */
export function assertWords(name: string, what: string): void {
  if (!WORDS.test(name))
    throw new UserFacingError(`“${name}” is no name of ${what}: use words in lower case, joined by hyphens.`)
}

export function serviceNamed(name: string): ServiceName {
  const found = serviceNames.find((one) => one === name)
  if (!found) throw new UserFacingError(`There is no service “${name}”. There are: ${serviceNames.join(', ')}.`)
  return found
}

/** `photo-removed` as a variable. */
export const camel = (words: string): string => words.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

/** `photo-removed` as a class. */
export const pascal = (words: string): string => camel(`-${words}`)

import { randomBytes } from 'node:crypto'

export interface Canary {
  /** Occurs in every value below and nowhere else in the world. */
  readonly mark: string
  readonly email: string
  readonly handle: string
  readonly fullName: string
  readonly password: string
  readonly birthDate: string
}

/** A person whose every value a test can look for where it must not be. */
export function canary(): Canary {
  const mark = `canary${randomBytes(6).toString('hex')}`
  return {
    mark,
    email: `${mark}@people.example`,
    handle: mark,
    fullName: `Zoë ${mark} Quux`,
    password: `pw-${mark}-Correct-Horse`,
    birthDate: '1987-06-05',
  }
}

import { BirthDateImplausibleError } from '../accounts/account.errors.js'

/** Policy: "we never collect or maintain information at our Site from those we actually know are under 13". */
const MIN_AGE = 13
const MAX_AGE = 130

/** Returns the start of the birthday in UTC; a person born on 29 February has it on 1 March in other years. */
function anniversary(birthDate: string, years: number): number {
  const [year, month, day] = birthDate.split('-').map(Number) as [number, number, number]
  return Date.UTC(year + years, month - 1, day)
}

export function isUnderAge(birthDate: string, now: Date): boolean {
  if (anniversary(birthDate, 0) > now.getTime() || anniversary(birthDate, MAX_AGE) <= now.getTime())
    throw new BirthDateImplausibleError()
  return anniversary(birthDate, MIN_AGE) > now.getTime()
}

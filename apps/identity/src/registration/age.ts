import { BirthDateImplausibleError } from '../accounts/account.errors.js'

/** Policy: "we never collect or maintain information at our Site from those we actually know are under 13". */
const LEAST_AGE = 13
const GREATEST_AGE = 130

/** The day in UTC, `years` after a day written as YYYY-MM-DD; somebody born on 29 February has their day on 1 March. */
function anniversary(birthDate: string, years: number): number {
  const [year, month, day] = birthDate.split('-').map(Number) as [number, number, number]
  return Date.UTC(year + years, month - 1, day)
}

export function isUnderAge(birthDate: string, now: Date): boolean {
  if (anniversary(birthDate, 0) > now.getTime() || anniversary(birthDate, GREATEST_AGE) <= now.getTime())
    throw new BirthDateImplausibleError()
  return anniversary(birthDate, LEAST_AGE) > now.getTime()
}

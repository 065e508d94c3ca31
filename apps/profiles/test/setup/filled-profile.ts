import { profiles } from '@mpics/contracts'

/** A value for each field, in which `mark` stands wherever the table's example says "example". */
export const filledWith = (mark: string): profiles.ProfileValues =>
  JSON.parse(
    JSON.stringify(
      profiles.forEachField((name) => profiles.profileFields[name].example),
      (_, value: unknown) => (typeof value === 'string' ? value.replace(/example/i, mark) : value),
    ),
  ) as profiles.ProfileValues

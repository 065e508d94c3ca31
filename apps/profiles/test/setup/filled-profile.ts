import { forEachField, profileFields, type ProfileValues } from '@mpics/contracts'

/** A value for each field, in which `mark` stands wherever the table's example says "example". */
export const filledWith = (mark: string): ProfileValues =>
  JSON.parse(
    JSON.stringify(
      forEachField((name) => profileFields[name].example),
      (_, value: unknown) => (typeof value === 'string' ? value.replace(/example/i, mark) : value),
    ),
  ) as ProfileValues

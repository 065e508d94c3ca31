export interface Violation {
  rule:
    | 'lost command'
    | 'unasked effect'
    | 'lost event'
    | 'doubled event'
    | 'wrong order'
    | 'event without its state'
    | 'wrong projection'
    | 'lost mail'
    | 'doubled mail'
    | 'unasked mail'
    | 'left behind'
    | 'not forgotten'
    | 'dead letter'
  about: string
  detail: string
}

export const violation = (rule: Violation['rule'], about: string, detail: string): Violation => ({
  rule,
  about,
  detail,
})

/** A violation unless the two are the same. */
export function expectSame(rule: Violation['rule'], about: string, found: unknown, wanted: unknown): Violation[] {
  const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)]
  return a === b ? [] : [violation(rule, about, `${a} instead of ${b}`)]
}

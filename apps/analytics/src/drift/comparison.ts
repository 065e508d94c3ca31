/** A sample of stored counts beside what they are made of. */
export interface Comparison {
  readonly compared: number
  readonly different: number
}

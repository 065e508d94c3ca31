/** While views are read and forgotten, nobody can tell which of the recorded ones were to count. */
export class CountingIsOffError extends Error {
  constructor() {
    super('views are not counted (ANALYTICS_COUNT_VIEWS is false), so the topics hold others than the counts')
    this.name = 'CountingIsOffError'
  }
}

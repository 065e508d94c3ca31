/** Another save of the same document came between its reading and its saving. */
export class ConcurrentChangeError extends Error {
  constructor(
    readonly collection: string,
    readonly id: string,
    readonly version: number,
  ) {
    super(`${collection} ${id} is no longer at version ${version}`)
    this.name = 'ConcurrentChangeError'
  }
}

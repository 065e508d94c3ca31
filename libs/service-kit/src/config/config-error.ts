/** The environment contradicts what the service needs; `sentences` says for each variable what is wrong and how to mend it. */
export class ConfigError extends Error {
  constructor(readonly sentences: readonly string[]) {
    super(sentences.join('\n'))
    this.name = 'ConfigError'
  }
}

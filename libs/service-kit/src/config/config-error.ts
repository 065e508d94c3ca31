/** The environment, or the catalogue, contradicts the service. Each sentence says what is wrong and how to mend it. */
export class ConfigError extends Error {
  constructor(readonly sentences: readonly string[]) {
    super(sentences.join('\n'))
    this.name = 'ConfigError'
  }
}

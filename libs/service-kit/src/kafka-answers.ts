import { connect } from 'node:net'

const PATIENCE_MS = 2_000

/** No broker can be reached; says which were tried. */
class KafkaUnavailableError extends Error {
  constructor(brokers: readonly string[]) {
    super(`Kafka at ${brokers.join(', ')} does not answer: is it running, and does KAFKA_BROKERS name it?`)
    this.name = 'KafkaUnavailableError'
  }
}

/** Resolves when one of the brokers takes connections. */
export async function kafkaAnswers(brokers: readonly string[]): Promise<void> {
  await Promise.any(brokers.map(reach)).catch(() => {
    throw new KafkaUnavailableError(brokers)
  })
}

function reach(broker: string): Promise<void> {
  const [, host, port] = /^(.*):(\d+)$/.exec(broker) ?? []
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port: Number(port), timeout: PATIENCE_MS })
    socket.once('connect', () => resolve(void socket.destroy()))
    socket.once('timeout', () => reject(socket.destroy() && new Error('no answer')))
    socket.once('error', reject)
  })
}

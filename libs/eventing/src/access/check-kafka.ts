import type { KafkaAccess } from '../eventing-options.js'
import { createKafka } from '../kafka/kafka-client.js'
import { KafkaUnavailableError, troubleOf } from './kafka-trouble.js'

/** Resolves when a broker takes this log-in; otherwise throws one sentence that says why not. Asks each broker once. */
export async function checkKafka(access: KafkaAccess): Promise<void> {
  const admin = createKafka(access, { retry: { retries: access.brokers.length, initialRetryTime: 50 } }).admin()
  try {
    await admin.connect()
    // a broker lets a client connect without log-in until it asks for something
    await admin.describeCluster()
  } catch (error) {
    throw new KafkaUnavailableError(troubleOf(error, access), { cause: error })
  } finally {
    await admin.disconnect().catch(() => undefined)
  }
}

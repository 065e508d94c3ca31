/** kafkajs may wait for ever for a broker that went away. */
export const DISCONNECT_TIMEOUT_MS = 3_000

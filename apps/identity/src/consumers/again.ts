/** A reaction that does again what a restore has lost. */
export const again = { idempotence: 'once', ofLostTimeAlone: true } as const

/** The operators' port of each service that keeps something, where npm start puts it. The gateway keeps nothing. */
export const USUAL_OPS_PORTS = { identity: 9091, profiles: 9093, media: 9094, notifications: 9095, analytics: 9096 }

export type Keeper = keyof typeof USUAL_OPS_PORTS

export const KEEPERS = Object.keys(USUAL_OPS_PORTS) as Keeper[]

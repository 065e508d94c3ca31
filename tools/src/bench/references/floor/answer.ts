export type Found = Record<string, unknown> & { _id: string }

/** Each owner answers `/<field>/<values>` with a list, whoever asks for however many. */
export type Answer = Found[]

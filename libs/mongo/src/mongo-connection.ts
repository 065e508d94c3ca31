import mongoose from 'mongoose'

/** mongoose's class, which serves as the injection token; it cannot be imported from mongoose by name in an ES module. */
export const Connection = mongoose.Connection
export type Connection = mongoose.Connection

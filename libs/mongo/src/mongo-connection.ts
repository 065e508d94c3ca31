import mongoose, { type mongo } from 'mongoose'

/** mongoose's class serves as the injection token; an ES module cannot import it from mongoose by name. */
export const Connection = mongoose.Connection
export type Connection = mongoose.Connection

export type Session = mongo.ClientSession

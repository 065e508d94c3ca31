/** Mails that nobody is at, by the database's clock. */
export const FREE = { $or: [{ lease: null }, { $expr: { $lt: ['$lease.until', '$$NOW'] } }] }

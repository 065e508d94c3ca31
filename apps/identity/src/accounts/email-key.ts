/**
 * Makes addresses comparable. It ignores the case of the local part: RFC 5321 §2.4 lets case matter there, but no provider
 * in use distinguishes people by it.
 */
export const emailKeyOf = (email: string): string => email.normalize('NFC').toLowerCase()

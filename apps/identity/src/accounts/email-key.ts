/**
 * Under which an address is compared. Case is ignored in the local part too: by RFC 5321 §2.4 it might matter, but no
 * provider in use tells two people apart by it.
 */
export const emailKeyOf = (email: string): string => email.normalize('NFC').toLowerCase()

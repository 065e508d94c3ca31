/**
 * These names would let a person pass for the site, or name a part of it in addresses and mails (RFC 2142 lists the
 * mailboxes that a site must reserve).
 */
const RESERVED = new Set(
  `1mpics about abuse account accounts admin administrator albums announcements api app apps assets auth billing blog
  compliance contact cookies delete deleted docs email error events everyone explore feed followers following help
  home hostmaster identity images info inbox index legal login logoff logout mail mailer-daemon me media messages
  million-pictures million_pictures millionpictures moderator mpics news no-reply no_reply noreply notifications null
  oauth official operator password photo photographers photos pictures policies postmaster press privacy profile
  profiles register removed root search security session sessions settings signin signup site staff static stats status
  support sysadmin system team terms tour undefined unsubscribe upload uploads user users verify webmaster www`.split(
    /\s+/,
  ),
)

/** Handles that differ only in case are equal. */
export const handleKeyOf = (handle: string): string => handle.toLowerCase()

export const isReserved = (handle: string): boolean => RESERVED.has(handleKeyOf(handle))

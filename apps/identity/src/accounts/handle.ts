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

/** One form for characters that look alike at a glance (Unicode TR39, for the few characters that a handle may have). */
const skeletonOf = (key: string): string =>
  key
    .replaceAll(/[-_]/g, '')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replaceAll('0', 'o')
    .replaceAll(/[1i]/g, 'l')
    .replaceAll('5', 's')

const RESERVED_SKELETONS = new Set([...RESERVED].map(skeletonOf))

/** Also for what only looks like a reserved name: `adm1n`, `Mil1ion-Pictures`. */
export const isReserved = (handle: string): boolean => RESERVED_SKELETONS.has(skeletonOf(handleKeyOf(handle)))

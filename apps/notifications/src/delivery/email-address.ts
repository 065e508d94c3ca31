/** RFC 5321 §4.5.3.1.3. */
const MAX_LENGTH = 254

/**
 * Whether a text is one plain address and nothing else: no display name, list, comment, quoting, space, line break or control
 * character that could become another recipient, header or command (CWE-93; ASVS 1.3.11).
 */
export const isPlainAddress = (text: string): boolean =>
  text.length <= MAX_LENGTH && /^[^\s\p{C}@<>()[\]\\,;:"]{1,64}@[^\s\p{C}@<>()[\]\\,;:"]{1,253}$/u.test(text)

/** The address of `Name <address>`. */
export const addressOf = (mailbox: string): string => /<([^<>]+)>\s*$/.exec(mailbox)?.[1] ?? mailbox

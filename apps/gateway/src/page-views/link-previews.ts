/**
 * Words in the user agents of programs that fetch a page to show a preview of a link to it, in a chat or a social network. From their
 * makers’ own pages, as of 2026-11-29; a new one is a plain crawler until it is added.
 */
const words = [
  'Cardyb',
  'Discordbot',
  'Embedly',
  'facebookexternalhit',
  'Iframely',
  'LinkedInBot',
  'Mastodon',
  'SkypeUriPreview',
  'Slackbot-LinkExpanding',
  'TelegramBot',
  'Twitterbot',
  'Viber',
  'vkShare',
  'WhatsApp',
].map((word) => word.toLowerCase())

/** `userAgent` is that of a program. */
export function showsPreviews(userAgent: string): boolean {
  const text = userAgent.toLowerCase()
  return words.some((word) => text.includes(word))
}

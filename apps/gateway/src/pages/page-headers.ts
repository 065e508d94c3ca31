/** Pages load nothing from other sites, and browsers load nothing that this policy does not name. */
const contentPolicy = (sources: Record<string, string>) =>
  Object.entries({
    'default-src': "'none'",
    'base-uri': "'none'",
    'connect-src': "'self'",
    'font-src': "'self'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
    'img-src': "'self'",
    'script-src': "'self'",
    'style-src': "'self'",
    ...sources,
  })
    .map(([directive, source]) => `${directive} ${source}`)
    .join('; ')

export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'private, no-cache',
  'content-security-policy': contentPolicy({}),
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), browsing-topics=()',
  vary: 'Accept, Sec-Fetch-Dest',
}

/** Neither a shared computer nor the button “back” shows a token, or what became of it, to whoever sits down next. */
export const tokenPageHeaders = { ...pageHeaders, 'cache-control': 'private, no-store' }

/**
 * For pages with forms of a session: browsers that send no `Sec-Fetch-Site` then say by `Origin` where a form stood. No address of
 * these pages holds a secret.
 */
export const sessionPageHeaders = { ...tokenPageHeaders, 'referrer-policy': 'same-origin' }

/** The API page draws its icons from `data:` addresses and styles them in place. */
export const docsHeaders = {
  ...pageHeaders,
  'content-security-policy': contentPolicy({ 'img-src': "'self' data:", 'style-src': "'self' 'unsafe-inline'" }),
}

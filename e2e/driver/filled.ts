const ANY_ID = '01931f3e-0000-7000-8000-00000000ffff'

/** The path of a call with something in place of each parameter; of what nobody has, unless told. */
export const filled = (path: string, { id = ANY_ID, handle = 'nobody_here' } = {}): string =>
  path
    .replace('{document}', 'privacy')
    .replace('{purpose}', 'email-news')
    .replace('{rendition}', 'thumb')
    .replace('{handle}', handle)
    .replace('{id}', id)
    .replace(/\{\w+\}/g, ANY_ID)

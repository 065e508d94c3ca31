import { z } from 'zod'

/** Networks whose ids can be shown. Phone-number networks are listed: the number is the id there. */
export const messengerNetwork = z.enum([
  'discord',
  'icq',
  'line',
  'matrix',
  'session',
  'signal',
  'skype',
  'telegram',
  'threema',
  'wechat',
  'whatsapp',
  'xmpp',
])

/** An address that a browser may follow safely: no scripts, no credentials that a viewer would send on. */
export const webAddress = z
  .string()
  .max(2048)
  .refine(isWebAddress, {
    error: 'an http or https address without a password in it',
    params: { code: 'bad-url' },
  })

function isWebAddress(text: string): boolean {
  const url = URL.parse(text)
  return !!url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
}

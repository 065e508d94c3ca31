import { z } from 'zod'
import { characters } from '../define/characters.js'
import { named } from '../define/named.js'

/** Networks whose ids can be shown. Phone-number networks are listed: the number is the id there. */
export const messengerNetwork = named(
  'MessengerNetwork',
  z.enum([
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
  ]),
)

const WEB_ADDRESS = /^[Hh][Tt][Tt][Pp][Ss]?:\/\/\S+$/

/** An address that a browser may follow safely: no scripts, no credentials that a viewer would send on. */
export const webAddress = characters(1, 2048)
  .refine(isWebAddress, {
    error: 'an http or https address without a password in it',
    params: { code: 'bad-url' },
  })
  .meta({ pattern: WEB_ADDRESS.source })

function isWebAddress(text: string): boolean {
  const url = URL.parse(text)
  return WEB_ADDRESS.test(text) && !!url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
}

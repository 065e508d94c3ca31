import { days, defineEvent, defineTopic } from '../define/define-event.js'
import { id } from '../define/field.js'
import { ACCOUNT } from './examples.js'

const tokenTopic = defineTopic({
  name: 'identity.token',
  partitions: 3,
  retention: days(1),
  publishers: ['identity'],
})

const TOKEN = '01931f3e-0000-7000-8000-00000000000d'

export const programTokenCreated = defineEvent({
  type: 'identity.token.created.v1',
  topic: tokenTopic,
  summary: 'A member made a token for a program, or changed its secret for another; a mail tells them.',
  key: 'tokenId',
  data: { accountId: id('account'), tokenId: id('security') },
  example: { accountId: ACCOUNT, tokenId: TOKEN },
})

export const programTokenRevoked = defineEvent({
  type: 'identity.token.revoked.v1',
  topic: tokenTopic,
  summary: 'A token for a program ended; it is refused everywhere from now on.',
  key: 'tokenId',
  data: { tokenId: id('security') },
  example: { tokenId: TOKEN },
})

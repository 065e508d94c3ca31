import { days, defineEvent, defineTopic } from '../define/define-event.js'
import { id } from '../define/field.js'
import { ACCOUNT } from './examples.js'

const exportTopic = defineTopic({
  name: 'identity.export',
  partitions: 3,
  retention: days(7),
  publishers: ['identity'],
})

const data = { accountId: id('account'), exportId: id('account') }
const example = { accountId: ACCOUNT, exportId: '01931f3e-0000-7000-8000-00000000000e' }

export const exportRequested = defineEvent({
  type: 'identity.export.requested.v1',
  topic: exportTopic,
  summary: 'A person wants all that is held about them; each service writes its part.',
  key: 'exportId',
  data,
  example,
})

export const exportCompleted = defineEvent({
  type: 'identity.export.completed.v1',
  topic: exportTopic,
  summary: 'The parts are joined to one file, which its owner can fetch.',
  key: 'exportId',
  data,
  example,
})

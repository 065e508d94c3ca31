import { about } from '@mpics/mongo'

const delivery = about.technical('delivery')
const event = {
  type: delivery,
  subject: about.identifier('delivery'),
  time: delivery,
  data: { '*': about.identifier('delivery', 'as the catalogue of events states each of its fields') },
}

/** What documents hold besides: their version, and events that wait to be published. */
export const sharedFields = {
  version: delivery,
  _outbox: { ...event, id: about.identifier('delivery'), seq: delivery, trace: about.technical('diagnosis') },
  _tombstoneAt: delivery,
  suspect: about.technical('delivery', 'a rebuild that has not confirmed it yet'),
}

const operation = about.technical('administration')

export const refusedFields = {
  ...event,
  _id: about.identifier('administration'),
  seq: delivery,
  trace: about.technical('diagnosis'),
  reason: operation,
  at: operation,
}

export const snapshotFields = {
  _id: about.identifier('administration', 'the key of the event'),
  sequence: delivery,
  envelope: { ...event, id: about.identifier('delivery'), source: delivery, sequence: delivery, traceparent: delivery },
}

export const inboxFields = {
  _id: about.identifier('delivery', 'the reaction and the id of the event'),
  done: delivery,
  holder: delivery,
  until: delivery,
  expiresAt: delivery,
}

export const erasedFields = {
  _id: about.identifier('delivery', 'a hash of a random id'),
  expiresAt: delivery,
}

export const leaseFields = { _id: delivery, holder: delivery, epoch: delivery, until: delivery }

export const rebuildFields = {
  _id: operation,
  run: operation,
  by: about.personal('administration', 'the operator who ordered it'),
  state: operation,
  phase: operation,
  startedAt: operation,
  endedAt: operation,
  reason: operation,
  marked: operation,
  read: operation,
  added: operation,
  mended: operation,
  scanned: operation,
  removed: operation,
}

import type { Attempt } from '../evidence/history.js'
import { collectionOf, factsOf, type Observed } from '../evidence/observed.js'
import { lost, openOf, unasked } from './counted.js'
import { issued } from './issued.js'
import { violation, type Violation } from './violation.js'

type Seen = Pick<Observed, 'records' | 'documents'>

const PARTS = ['identity', 'profiles', 'media', 'notifications', 'analytics']

/** Each export that was asked for has one part of each service and one file, and its end is told once. */
export function exportViolations(attempts: readonly Attempt[], seen: Seen): Violation[] {
  const exports = collectionOf(seen, 'identity', 'exports')
  const asked = issued(attempts, 'request-export')
  const known = new Map(exports.map((one) => [one._id, one]))
  const told = factsOf(seen, 'identity.export.completed.v1').map(({ key }) => key)
  const unknown = exports.filter(({ _id }) => !asked.some(({ id }) => id === _id)).length
  return [
    ...asked
      .filter(({ acknowledged, id }) => acknowledged && !known.has(id!))
      .map(({ id }) => lost(`export ${id}`, 'gone')),
    ...exports
      .filter(({ status }) => status !== 'ready')
      .map(({ _id, status }) => lost(`export ${_id}`, `is ${status}`)),
    ...exports
      .filter(({ _id }) => told.filter((key) => key === _id).length !== 1)
      .map(({ _id }) => violation('lost event', `export ${_id}`, 'its end is not told once')),
    ...exports.flatMap(({ _id }) =>
      PARTS.filter((service) => !collectionOf(seen, service, '_export_parts').some((part) => part._id === _id)).map(
        (service) => lost(`part of ${service} in the export ${_id}`, 'is not noted'),
      ),
    ),
    ...(unknown > openOf(asked) ? [unasked('exports', `${unknown} unknown ones`)] : []),
  ]
}

/** Each that was opened has a part of every service and each photo that was there, and is as its manifest says. */
export function openedExportViolations(attempts: readonly Attempt[]): Violation[] {
  const uploads = issued(attempts, 'upload').filter(({ acknowledged, asked }) => acknowledged && !asked.damaged)
  const removed = new Set(issued(attempts, 'remove').map(({ asked }) => asked.photoId))
  return issued(attempts, 'read-export').flatMap(({ asked, command }) => {
    const { accountId, exportId, services, photoIds, broken } = asked
    const photos = uploads
      .filter((one) => one.asked.ownerId === accountId && one.command < command && !removed.has(one.id!))
      .map(({ id }) => id!)
    const missing = [
      ...PARTS.filter((service) => !services.includes(service)),
      ...photos.filter((id) => !photoIds.includes(id)),
    ]
    return [...missing, ...broken].map((what) => lost(`export ${exportId}`, `${what} is not whole in it`))
  })
}

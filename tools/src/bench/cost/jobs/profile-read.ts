import { caller, nth } from '../scene/calls.js'
import type { Side } from '../scene/job.js'
import type { Scene } from '../scene/scene.js'

export function distinctProfiles({ system, members, handles, pids }: Scene): Side {
  const reader = members[0]!
  return {
    name: 'distinct profiles, a member',
    prepare: () => reader.logIn(),
    pids,
    call: caller(system.gatewayUrl, 200, (n) => ({
      path: `/v1/profiles/${nth(handles, n)}`,
      headers: { authorization: `Bearer ${reader.accessToken}` },
    })),
  }
}

export const hotProfile = ({ system, members, pids }: Scene): Side => ({
  name: 'one profile, visitors',
  pids,
  call: caller(system.gatewayUrl, 200, () => ({ path: `/v1/profiles/${members[1]!.person.handle}` })),
})

export function unchangedProfile({ system, members, pids }: Scene): Side {
  const path = `/v1/profiles/${members[1]!.person.handle}`
  let etag = ''
  return {
    name: 'one profile, If-None-Match',
    prepare: async () => (etag = (await fetch(new URL(path, system.gatewayUrl))).headers.get('etag')!),
    pids,
    call: caller(system.gatewayUrl, 304, () => ({ path, headers: { 'if-none-match': etag } })),
  }
}

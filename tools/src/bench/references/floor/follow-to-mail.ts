import { profiles } from '@mpics/contracts'
import { Pool } from 'undici'
import { BareServer } from '../bare-server.js'
import type { SentMail } from '../event-to-mail.js'
import { type FloorSystem, groundOf } from './floor-system.js'

/** The least programs that tell of a follow with the same promises, in as many processes: an edge, and those of profiles, accounts and mails. */
export async function floorFollowToMail(system: FloorSystem, mail: SentMail) {
  const { brokers, topics, keys, publicKey, privateKey } = await groundOf(system, 'floor-follows')
  const topic = `${topics}${profiles.followStarted.topic.name}`
  const uriOf = (name: 'identity' | 'profiles' | 'notifications') => system.services[name].env['MONGODB_URI']
  const fields = { recipient: ['email', 'emailVerifiedAt'] }
  const accounts = { uri: uriOf('identity'), collection: 'accounts', fields, publicKey }
  const [account, owner] = await Promise.all([
    BareServer.start('floor/service', accounts),
    BareServer.start('floor/follow', { uri: uriOf('profiles'), brokers, topic, publicKey }),
  ])
  const peers = { identity: account.url, profiles: owner.url }
  const [edge, mails] = await Promise.all([
    BareServer.start('floor/follow-edge', { url: owner.url, keys, privateKey }),
    BareServer.start('floor/follow-mail', {
      ...{
        uri: uriOf('notifications'),
        brokers,
        topic,
        services: peers,
        privateKey,
        smtpUrl: system.stack.smtpUrl,
        mail,
      },
    }),
  ])
  const pool = new Pool(edge.url)
  return {
    pids: { edge: edge.pid, profiles: owner.pid, identity: account.pid, notifications: mails.pid },
    follow: async (handle: string, token: string) => {
      const headers = { authorization: `Bearer ${token}` }
      const answer = await pool.request({ method: 'PUT', path: `/follows/${handle}`, headers })
      await answer.body.dump()
      if (answer.statusCode !== 204) throw new Error(`the floor answered ${answer.statusCode}`)
    },
    stop: async () => {
      await pool.close()
      for (const server of [edge, mails, account, owner]) server.stop()
    },
  }
}

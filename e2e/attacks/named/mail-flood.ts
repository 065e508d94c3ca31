import { randomUUID } from 'node:crypto'
import { identity } from '@mpics/contracts'
import { type Mail, tokenIn } from '@mpics/tools/people/mailbox'
import { newPerson, registrationOf } from '@mpics/tools/people/member'
import { inTurns } from '../hostile/in-turns.js'
import { attack, sized } from '../scene/report.js'
import { attackerAt, type Scene } from '../scene/scene.js'

/** Verification mails an hour and address; what is more is delayed. */
const ALLOWED = 3
const AT_ONCE = 4
const times = sized(20, 100)
const numbers = Array.from({ length: times }, (_, n) => n)

export function mailFloodAttacks(scene: Scene): void {
  attack('mail-flood', 'registrations of one address that is somebody else’s', async () => {
    const { email } = newPerson('flooded', 'Flooded')
    await inTurns(numbers, AT_ONCE, async (n) => {
      const api = scene.from(attackerAt(100 + n))
      const body = { ...(await registrationOf(api, newPerson('flood', 'Flood'))), email }
      await api.call(identity.registerAccount, { body }).catch(() => undefined)
    })
    const mails = await mailsTo(scene, email)
    return { tried: 'registrations of one address', times, through: tooMany(mails), seen: [`${mails.length} mails`] }
  })

  attack('mail-flood', 'log-ins with invented browsers by an account that never verified its address', async () => {
    const stranger = scene.stranger('unverified', scene.from(attackerAt(4)))
    await stranger.register()
    const { handle, email, password } = stranger.person
    await inTurns(numbers, 1, async (n) => {
      const headers = { 'user-agent': `Invented${n}/1.0` }
      const body = JSON.stringify({ login: handle, password })
      await scene.from(attackerAt(4)).send({ method: 'POST', path: identity.logIn.path, headers, body })
    })
    const mails = await mailsTo(scene, email)
    return { tried: 'log-ins with invented browsers', times, through: tooMany(mails), seen: [`${mails.length} mails`] }
  })

  attack('mail-flood', 'requests for mails to one address, which must not keep its owner from a link', async () => {
    const owner = await scene.member('wanted')
    const { email } = owner.person
    const before = (await scene.mailbox.all(email)).length
    await scene.somebody().call(identity.requestPasswordReset, { body: { email } })
    const token = await scene.mailbox.token(email, '/reset-password')
    await inTurns(numbers, AT_ONCE, async (n) => {
      const api = scene.from(attackerAt(200 + n))
      await api.call(identity.requestPasswordReset, { body: { email } }).catch(() => undefined)
      await api.call(identity.requestVerificationMail, { body: { email } }).catch(() => undefined)
    })
    const sent = (await mailsTo(scene, email)).slice(before)
    const isReset = (mail: Mail) => tokenIn(mail, '/reset-password') !== undefined
    const kinds = [sent.filter(isReset), sent.filter((one) => !isReset(one))]
    const through = [...kinds.flatMap(tooMany), ...(await linkFails(scene, token))]
    return { tried: 'requests for mails to one address', times, through, seen: [`${sent.length} mails`] }
  })
}

/** All mails so far: what was asked before has been sent when the mail of a later registration has come. */
async function mailsTo(scene: Scene, email: string): Promise<Mail[]> {
  for (const name of ['marker_a', 'marker_b']) {
    const later = scene.stranger(name)
    await later.register()
    await scene.mailbox.find(later.person.email, /verify-email/)
  }
  return scene.mailbox.all(email)
}

const tooMany = ({ length }: readonly Mail[]): string[] =>
  length > ALLOWED ? [`${length} mails came, and ${ALLOWED} may`] : []

/** A link that was mailed stays good, however many more are asked for. */
async function linkFails(scene: Scene, token: string): Promise<string[]> {
  const body = { token, newPassword: `the owner is back ${randomUUID()}` }
  return scene
    .somebody()
    .call(identity.confirmPasswordReset, { body })
    .then(
      () => [],
      (error: Error) => [`the owner's link does not work any more: ${error.message}`],
    )
}

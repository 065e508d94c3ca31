import { identity } from '@mpics/contracts'
import type { Member } from '@mpics/tools/people/member'
import { forgedForms } from '../hostile/forged-forms.js'
import { inTurns } from '../hostile/in-turns.js'
import { attack } from '../scene/report.js'
import { attackerAt, type Scene } from '../scene/scene.js'

const AT_ONCE = 8
const WANTED = 1_000
const PURPOSES = identity.consentPurpose.options
const CODES = /^(identity\.served-\w[\w-]*|identity\.policy-outdated|input-invalid)$/

type Purpose = (typeof PURPOSES)[number]

/** An answer as an attacker sends it. */
interface Try {
  purpose: Purpose
  body: object
}

const formOf = (member: Member, purpose: Purpose) => member.api.call(identity.getConsentForm, { params: { purpose } })

/** A good answer, given and then withdrawn. */
async function spentBy(member: Member): Promise<Try> {
  const params = { purpose: 'email-products' as const }
  const { noticeVersion, served } = await formOf(member, params.purpose)
  const body = { granted: true, noticeVersion, served }
  await member.api.call(identity.changeConsent, { params, body })
  await member.api.call(identity.changeConsent, { params, body: { granted: false } })
  return { ...params, body }
}

async function triesAt(victim: Member, accomplice: Member, publicKeys: string): Promise<Try[]> {
  const [own, foreign] = [await formOf(victim, 'email-news'), await formOf(accomplice, 'email-news')]
  const give = (served: unknown, purpose: Purpose = 'email-news', noticeVersion = own.noticeVersion): Try => ({
    purpose,
    body: { granted: true, noticeVersion, served },
  })
  const spent = await spentBy(victim)
  return [
    ...forgedForms(own.served, foreign.served, publicKeys).map((served) => give(served)),
    ...PURPOSES.map((purpose) => give(foreign.served, purpose)),
    ...PURPOSES.filter((purpose) => purpose !== 'email-news').map((purpose) => give(own.served, purpose)),
    ...['1999-01-01', '', 'é', ' '].map((old) => give(own.served, 'email-news', old)),
    ...[undefined, null, '', 7, {}, [own.served]].map((served) => give(served)),
    ...Array.from({ length: 20 }, () => spent),
  ]
}

export function consentAttacks(scene: Scene): void {
  const title = 'consents that nobody gave: forged, cut, replayed, for others, for another purpose or notice'
  attack('consents', title, async () => {
    const victim = await scene.member('consenting')
    const keys = JSON.stringify(await scene.somebody().call(identity.getReceiptKeys, {}))
    const tries = await triesAt(victim, await scene.member('accomplice'), keys)
    const all = Array.from({ length: Math.ceil(WANTED / tries.length) }, () => tries).flat()
    const through: string[] = []
    let refused = 0
    await inTurns(all, AT_ONCE, async ({ purpose, body }) => {
      const request = { method: 'PUT' as const, path: `/v1/me/consents/${purpose}`, token: victim.accessToken }
      const answer = await scene.from(attackerAt(7)).send({ ...request, body: JSON.stringify(body) })
      const { code = '' } = (answer.body ?? {}) as { code?: string }
      if (CODES.test(code) && answer.status < 500) refused++
      else if (answer.status !== 429) through.push(`${JSON.stringify(body).slice(0, 80)}: ${answer.status} ${code}`)
    })
    const { items } = await victim.api.call(identity.getConsents, {})
    through.push(...items.filter(({ granted }) => granted).map((item) => `${item.purpose} is given`))
    if (refused < WANTED) through.push(`only ${refused} were looked at, and ${WANTED} are wanted`)
    return { tried: 'consents that nobody gave', times: refused, through }
  })
}

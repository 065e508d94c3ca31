import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ApiDefinition, identity, profiles } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import { publicApis } from '@mpics/contracts/catalogue'
import { root } from '@mpics/tools/environment/root'
import { Member, newPerson } from '@mpics/tools/people/member'
import { CanaryBody, type FilledText } from '../driver/canaries.js'
import { exported } from '../driver/exported-to.js'
import { parts, sharedSystem } from '../driver/system.js'

const PHOTO = join(root, 'tools/photographs/coffee.jpg')

/** Texts about a person that a body takes and an export cannot hold, and why. */
const NOT_HELD: Record<string, string> = {
  'requestVerificationMail.email': 'looked up, and not kept',
  'requestPasswordReset.email': 'looked up, and not kept',
  'requestFactorRecovery.login': 'looked up, and not kept',
  'logIn.login': 'looked up, and not kept',
  'registerAccount.birthDate': 'compared, and not kept',
  'addPasskey.name': 'needs an authenticator: see the export of accounts in apps/identity',
  'renamePasskey.name': 'needs an authenticator: see the export of accounts in apps/identity',
}

const isForMembers = ({ access }: ApiDefinition) => typeof access === 'string'
const isPersonal = ({ about }: FilledText) => about?.classification === 'personal'

describe('what a person gets who wants all that is held about them', () => {
  const running = sharedSystem()
  let member: Member
  let photoId: string
  const canaries = new Map<string, string>()

  const nameOf = ({ name }: ApiDefinition, { path }: FilledText) => `${name}.${path}`

  /** Values without which a call would be refused, whatever its texts. */
  const given = (): Record<string, unknown> => ({
    birthDate: '1990-05-17',
    currentPassword: member.person.password,
    expiresAt: new Date(Date.now() + 30 * DAY_MS).toISOString(),
    timeZone: 'Pacific/Kiritimati',
  })

  const bodyFor = (api: ApiDefinition) => new CanaryBody(api.body!, given())
  const writable = () =>
    publicApis.filter(isForMembers).flatMap((api) => {
      if (!api.body || api === identity.registerAccount) return []
      const filledBody = bodyFor(api)
      const wanted = filledBody.texts.filter((text) => isPersonal(text) && !(nameOf(api, text) in NOT_HELD))
      return wanted.length > 0 ? [{ api, filledBody, wanted }] : []
    })

  beforeAll(async () => {
    const { api, mailbox } = parts(running)
    member = new Member(newPerson('exporter', 'Ex Porter'), api, mailbox)
    await member.join()
    photoId = await member.upload(PHOTO, { title: '../..\u202f👩‍👩‍👧‍👦 CON.jpg' })
    await member.published(photoId)
    for (const { api: call, filledBody, wanted } of writable()) {
      await send(call, filledBody.body)
      for (const text of wanted) canaries.set(nameOf(call, text), text.value)
    }
    const { timeZone } = given() as { timeZone: string }
    await member.api.call(identity.changeMe, { body: { timeZone } })
    canaries.set('changeMe.timeZone', timeZone)
    // another full name is written over the first one, of which nothing may be left
    for (const name of ['handle', 'email'] as const) canaries.set(`registerAccount.${name}`, member.person[name])
  })

  /** As the client does: a form where the call takes one. */
  async function send(call: ApiDefinition, body: Record<string, unknown>): Promise<string> {
    const file = new File([await readFile(PHOTO)], 'coffee.jpg', { type: 'image/jpeg' })
    const whole = call.bodyType ? { ...body, file } : body
    const params = { id: await madeFor(call), handle: member.person.handle }
    const answer = await member.api.answer(call, { params, body: whole } as never)
    expect({ call: call.name, status: answer.status }).toEqual({ call: call.name, status: call.status })
    return (answer.body as { id?: string } | undefined)?.id ?? ''
  }

  /** A change is made of a new thing, so that what others were told at the beginning stays. */
  async function madeFor({ path }: ApiDefinition): Promise<string> {
    if (!path.includes('{id}')) return ''
    const [collection] = path.split('/{id}')
    const maker = publicApis.find((api) => api.method === 'POST' && api.path === collection)
    if (!maker) throw new Error(`no call makes what ${path} changes`)
    return send(maker, bodyFor(maker).body)
  }

  const documentsIn = async (folder: string) => {
    const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.json'))
    return Promise.all(names.map(async (name) => readFile(join(folder, name), 'utf8')))
  }

  it('B06.1 every text that a call takes of them comes back as it was written', async () => {
    expect(canaries.size).toBeGreaterThan(15)
    const { folder } = await exported(running, member)
    const values = new Set<string>()
    for (const text of await documentsIn(folder)) collect(JSON.parse(text), values)
    const lost = [...canaries].filter(([, value]) => !values.has(value)).map(([name]) => name)
    expect(lost).toEqual([])
    expect((await documentsIn(folder)).join('\n')).not.toContain(member.person.password)
    const pictures = await readdir(join(folder, 'photos'))
    expect(pictures).toHaveLength(3)
    expect(pictures.filter((name) => name.startsWith(photoId))).toHaveLength(1)
  })

  it('B06.1 says of each text that does not why, and of none that no call takes', () => {
    const taken = publicApis.filter(isForMembers).flatMap((api) => {
      const texts = api.body ? new CanaryBody(api.body).texts : []
      return texts.filter(isPersonal).map((text) => nameOf(api, text))
    })
    expect(Object.keys(NOT_HELD).filter((name) => !taken.includes(name))).toEqual([])
  })

  it('a mail tells of it, without its address', async () => {
    const { mailbox } = parts(running)
    const mail = await mailbox.find(member.person.email, /fetch it until/)
    expect(mail.text).not.toContain('/v1/me/exports')
  })

  it('in the grace of a closed account, too; nobody else gets it', async () => {
    const { api, mailbox } = parts(running)
    const leaver = new Member(newPerson('leaver', 'Lea Ver'), api, mailbox)
    await leaver.join()
    await leaver.api.call(profiles.changeMyProfile, { body: { bio: 'Off I go.' } })
    await leaver.api.call(identity.closeMyAccount, {})
    await leaver.logIn()
    const { folder, id } = await exported(running, leaver)
    const text = (await documentsIn(folder)).join('\n')
    for (const value of ['Off I go.', leaver.person.fullName, leaver.person.handle]) expect(text).toContain(value)
    for (const path of [`/v1/me/exports/${id}`, `/v1/me/exports/${id}/file`])
      expect((await member.api.send({ method: 'GET', path })).status).toBe(404)
  })
})

function collect(value: unknown, into: Set<string>): void {
  if (typeof value === 'string') into.add(value)
  else if (value && typeof value === 'object') for (const inner of Object.values(value)) collect(inner, into)
}

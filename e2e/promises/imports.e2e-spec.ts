import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { identity, media, notifications, profiles } from '@mpics/contracts'
import { runNode } from '@mpics/testing'
import { eventually } from '@mpics/testing/eventually'
import { root } from '@mpics/tools/environment/root'
import { Member, newPerson } from '@mpics/tools/people/member'
import { exportedTo } from '../driver/exported-to.js'
import { parts, sharedSystem } from '../driver/system.js'

const SCOPES = [
  ...['account:read', 'account:write', 'profiles:read', 'profiles:write'],
  ...['email-settings:write', 'photos:read', 'photos:write'],
] as const
const PICTURES = ['coffee.jpg', 'chelsea.jpg']

describe('an import of an export', () => {
  const running = sharedSystem()
  let [first, second]: Member[] = []

  const joined = async (name: string) => {
    const { api, mailbox } = parts(running)
    const member = new Member(newPerson(name, 'Imp Orter'), api, mailbox)
    await member.join()
    return member
  }

  beforeAll(async () => {
    ;[first, second] = [await joined('former'), await joined('latter')]
    const { api } = first
    const profile = { fullName: 'Imp Orter', bio: 'Light,\nand 🌍', location: 'Utrecht', urls: ['https://a.example/'] }
    await api.call(profiles.changeMyProfile, { body: { ...profile, messengers: [{ network: 'matrix', id: '@a:b' }] } })
    await api.call(profiles.setMyVisibility, { body: { ...profiles.forEachField(() => 'members'), bio: 'me' } })
    await api.call(identity.changeMe, { body: { locale: 'de', timeZone: 'Asia/Tokyo' } })
    await api.call(notifications.putEmailSettings, { body: { follows: 'weekly' } })
    for (const [i, name] of PICTURES.entries()) {
      const texts = {
        title: `../ <b>${i}</b>`,
        description: 'a\nb',
        tags: ['night sky', `n${i}`],
        altText: 'x',
        place: 'Here',
      }
      const id = await first.upload(join(root, 'tools/photographs', name), {
        ...texts,
        visibility: 'members',
        licence: 'cc0-1.0',
      })
      await first.published(id)
    }
  })

  async function imported(zip: string, member: Member) {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString()
    const { token } = await member.api.call(identity.createProgramToken, {
      body: { name: 'x', scopes: [...SCOPES], expiresAt },
    })
    const args = ['accounts', 'import', zip, '--site', running.system.gatewayUrl, '--json']
    return runNode(join(root, 'apps/mpics/dist/main.js'), args, { MPICS_ACCOUNT_TOKEN: token })
  }

  /** What an import takes, without ids, times and what only the site can know. */
  async function taken(folder: string) {
    const records = async (name: string) =>
      (JSON.parse(await readFile(join(folder, name), 'utf8')) as { records: Record<string, unknown>[] }).records
    const [account] = await records('identity/accounts.json')
    const [profile] = await records('profiles/profiles.json')
    const photos = (await records('media/photos.json')).sort((a, b) =>
      String(a['title']) < String(b['title']) ? -1 : 1,
    )
    const files = await Promise.all(photos.map(({ file }) => readFile(join(folder, String(file)))))
    const { id: _id, handle: _handle, createdAt: _createdAt, ...shown } = profile!
    return {
      account: [account!['locale'], account!['timeZone']],
      shown,
      settings: (await records('notifications/settings.json')).map(({ choices }) => choices),
      photos: photos.map(({ title, description, tags, altText, place, licence, visibility }) => ({
        ...{ title, description, tags, altText, place, licence, visibility },
      })),
      hashes: files.map((bytes) => createHash('sha256').update(bytes).digest('hex')),
    }
  }

  const photosOf = async ({ api }: Member) => (await api.call(media.listMyPhotos, { query: {} })).items

  it('fills an empty account: its own export differs in ids and times alone; another run adds nothing', async () => {
    const before = await exportedTo(running, first!)
    const zip = join(before, 'all.zip')
    for (let times = 0; times < 2; times++) {
      const { code, out, err } = await imported(zip, second!)
      expect([code, err]).toEqual([0, ''])
      expect(JSON.parse(out)).toMatchObject({ photos: 2, skipped: 0 })
    }
    await eventually(async () => (await photosOf(second!)).every(({ status }) => status === 'published'))
    expect(await photosOf(second!)).toHaveLength(2)
    expect(await taken(await exportedTo(running, second!))).toEqual(await taken(before))
  })

  it('goes on where a run before it died, and makes no photo twice', async () => {
    const third = await joined('third')
    const zip = join(await exportedTo(running, first!), 'all.zip')
    expect((await imported(zip, third)).code).toBe(0)
    const journal = `${zip}.${third.accountId}.imported`
    const lines = (await readFile(journal, 'utf8')).split('\n')
    // it died after the upload, before it noted it
    await writeFile(journal, `${lines.slice(0, 2).join('\n')}\n`)
    expect((await imported(zip, third)).code).toBe(0)
    expect(await photosOf(third)).toHaveLength(2)
  })

  it('refuses an account that has something, and says so', async () => {
    const folder = await exportedTo(running, first!)
    const { code, err } = await imported(join(folder, 'all.zip'), first!)
    expect([code, err]).toEqual([1, expect.stringContaining('not empty')])
    expect(await photosOf(first!)).toHaveLength(2)
  })
})

import { setTimeout as delay } from 'node:timers/promises'
import type { Member } from '@mpics/tools/people/member'
import { noisePng } from '../hostile/noise-png.js'
import { SlowClient } from '../hostile/slow-client.js'
import { everyday, SMALL_PICTURE } from '../scene/everyday.js'
import { type Act, type Meanwhile, meanwhile, waits } from '../scene/meanwhile.js'
import { attack, isLong, sized } from '../scene/report.js'
import { attackerAt, type Scene } from '../scene/scene.js'

const BOUNDARY = 'slow'
const from = (address: string) => ({ 'x-forwarded-for': address })
const form = (address: string, bytes: number) => ({
  ...from(address),
  'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
  'content-length': String(bytes),
})
const FIELD = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="title"\r\n\r\n`
const FILE = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n`
const FIRST_ADDRESS = 400
const SETTLED_MS = 500
const [WIDTH, HEIGHT] = [2_048, 1_536]

interface Site {
  url: string
  acts: Act[]
  largePhotoId: string
  attacker: Member
}

type Open = (site: Site, address: string) => Promise<SlowClient>

const idleReader: Open = async ({ url, largePhotoId }, address) => {
  const path = `/v1/photos/${largePhotoId}/large`
  return (await SlowClient.open(url, { method: 'GET', path, headers: from(address) })).idle()
}

const slowPost: Open = async ({ url }, address) => {
  const request = { method: 'POST', path: '/v1/unsubscribe/x', headers: form(address, 50_000) }
  return (await SlowClient.open(url, request)).trickle(FIELD, 1_000)
}

const slowUpload: Open = async ({ url, attacker }, address) => {
  const headers = { ...form(address, 1_000_000), authorization: `Bearer ${attacker.accessToken}` }
  return (await SlowClient.open(url, { method: 'POST', path: '/v1/photos', headers })).trickle(FILE, 5_000)
}

export function slowClientAttacks(scene: Scene): void {
  let site: Promise<Site> | undefined
  let calm: Promise<Meanwhile> | undefined
  /** How long people wait while nobody attacks: the machine may be another by the next attack of full size. */
  const before = ({ acts }: Site) => {
    const measured = isLong ? undefined : calm
    return (calm = measured ?? meanwhile(acts, delay(sized(3_000, 20_000))))
  }
  const slow = (title: string, count: number, open: Open, addresses = 1) =>
    attack('slow-clients', title, async () => {
      const attacked = await (site ??= siteOf(scene))
      const waited = await before(attacked)
      const openNext = (n: number) => open(attacked, attackerAt(FIRST_ADDRESS + (n % addresses)))
      return beside(scene, { acts: attacked.acts, before: waited }, `${count} ${title}`, count, openNext)
    })

  slow('readers who read nothing', 500, idleReader)
  slow('readers who read nothing, from 50 addresses', 500, idleReader, 50)
  slow('posts of a stranger, a byte each second', 140, slowPost)
  slow('posts of strangers at 140 addresses, a byte each second', 140, slowPost, 140)
  slow('uploads of one account, a byte each five seconds', 16, slowUpload)
}

async function siteOf(scene: Scene): Promise<Site> {
  const owner = await scene.member('slow_owner')
  const attacker = await scene.member('slow_one', scene.from(attackerAt(FIRST_ADDRESS)))
  const [photoId, largePhotoId] = [await owner.upload(SMALL_PICTURE), await owner.upload(noisePng(WIDTH, HEIGHT))]
  await Promise.all([owner.published(photoId), owner.published(largePhotoId)])
  const acts = everyday(scene.somebody(), owner, photoId)
  return { url: scene.url, acts, largePhotoId, attacker }
}

async function beside(
  scene: Scene,
  { acts, before }: { acts: Act[]; before: Meanwhile },
  tried: string,
  count: number,
  open: (n: number) => Promise<SlowClient>,
) {
  const endedBefore = await endedBy(scene)
  const clients = await Promise.all(Array.from({ length: count }, (_, n) => open(n)))
  await delay(SETTLED_MS)
  const during = await meanwhile(acts, delay(sized(8_000, 60_000)))
  const ended = (await endedBy(scene)) - endedBefore
  for (const client of clients) client.leave()
  const seen = [
    `others before: ${waits(before)}`,
    `others during: ${waits(during)}`,
    `${ended} of ${count} were ended or refused by then`,
  ]
  return { tried, times: count, through: during.failures, seen }
}

/** Whoever reads nothing does not notice that its connection was ended. */
async function endedBy(scene: Scene): Promise<number> {
  const counted = (await scene.metrics('gateway')).matchAll(/^gateway_transfers_ended_total\{.* (\d+)$/gm)
  return [...counted].reduce((sum, [, ended]) => sum + Number(ended), 0)
}

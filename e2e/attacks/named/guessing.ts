import { type ApiClient, CookieJar, type Reply } from '@mpics/api-client'
import { identity } from '@mpics/contracts'
import type { Member } from '@mpics/tools/people/member'
import { steadily } from '../hostile/in-turns.js'
import { attack, sized } from '../scene/report.js'
import { attackerAt, type Scene } from '../scene/scene.js'

const GUESSES_PER_SECOND = 50
const ADDRESSES = 1_000

/** Somebody who logged in before, on two devices: in a browser, and with a program that keeps the token itself. */
interface Owner {
  member: Member
  browser: ApiClient
  program: ApiClient
  browserToken: string | undefined
}

export function guessingAttacks(scene: Scene): void {
  attack('guessing', 'guesses from one address, at many names, beside right log-ins', async () => {
    const owners = await Promise.all(['ann', 'ben'].map((name) => ownerOf(scene, name)))
    const guess = (n: number) => guessing(scene.from(attackerAt(0)), `nobody_${n % 500}`)
    return beside(owners, guess, `guesses from one address, ${GUESSES_PER_SECOND} each second`)
  })

  attack('guessing', 'guesses from 1,000 addresses, at one account, beside right log-ins of its owner', async () => {
    const owner = await ownerOf(scene, 'carl')
    const { handle } = owner.member.person
    const guess = (n: number) => guessing(scene.from(attackerAt(n % ADDRESSES)), handle)
    return beside([owner], guess, `guesses from up to ${ADDRESSES} addresses, ${GUESSES_PER_SECOND} each second`)
  })
}

async function ownerOf(scene: Scene, name: string): Promise<Owner> {
  const member = await scene.member(name)
  const [browser, program] = [scene.somebody(new CookieJar()), scene.somebody()]
  await logIn(browser, member, { tokenTransport: 'cookie' })
  const { body } = await logIn(program, member, {})
  return { member, browser, program, browserToken: (body as { browserToken?: string }).browserToken }
}

const logIn = (api: ApiClient, { person }: Member, more: object): Promise<Reply> =>
  post(api, { login: person.handle, password: person.password, ...more })

const post = (api: ApiClient, body: object): Promise<Reply> =>
  api.send({ method: identity.logIn.method, path: identity.logIn.path, body: JSON.stringify(body) })

async function guessing(api: ApiClient, login: string): Promise<void> {
  await post(api, { login, password: `guess ${Math.random()}` }).catch(() => undefined)
}

/** Owners log in again and again while guesses are made, at length from each address; a log-in that is refused is one too many. */
async function beside(owners: readonly Owner[], guess: (n: number) => Promise<void>, tried: string) {
  const over = new AbortController()
  let made = 0
  const guesses = steadily(GUESSES_PER_SECOND, over.signal, (n) => guess((made = n)))
  const through = owners.filter(({ browserToken }) => !browserToken).map(() => 'a log-in gave no browserToken')
  let right = 0
  for (let round = 0; round < sized(5, 20) || made < sized(0, ADDRESSES); round++)
    for (const { member, browser, program, browserToken } of owners) {
      const logIns = [logIn(browser, member, { tokenTransport: 'cookie' }), logIn(program, member, { browserToken })]
      right += logIns.length
      through.push(...(await Promise.all(logIns.map(refusalIn))).flat())
    }
  over.abort()
  return { tried, times: await guesses, through, seen: [`${right} right log-ins from known browsers`] }
}

const refusalIn = (answer: Promise<Reply>): Promise<string[]> =>
  answer.then(
    ({ status, body }) =>
      status === 201 ? [] : [`a right log-in was answered ${status} ${(body as { code?: string }).code}`],
    ({ message }: Error) => [message],
  )
